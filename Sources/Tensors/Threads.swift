import Kernels

/// The number of threads that an operation may use, the calling one included.
///
/// At the start it is that of the environment variable `ADJOINT_NUM_THREADS`, else the number of processors. Results do
/// not depend on it, to the last bit. Operations called from several threads at once share it: together they use as many
/// threads as this, or one each if there are more callers.
public var threadCount: Int { kernelThreadCount }

/// Sets ``threadCount``, for all operations that begin from now on.
public func setThreadCount(_ count: Int) {
  require(count > 0, "setThreadCount", "\(count) threads; expected at least 1")
  kernelThreadCount = count
}
