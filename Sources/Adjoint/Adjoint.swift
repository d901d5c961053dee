@_exported import Autograd
@_exported import NN
@_exported import Tensors
@_exported import Training
