import Kernels

/// The number of threads that an operation may use, the calling one included.
///
/// At the start it is that of the environment variable `ADJOINT_NUM_THREADS`, else the number of processors. Results do
/// not depend on it, to the last bit. Operations called from several threads at once share it: one that begins while another
/// has all the threads runs on its caller alone.
public var threadCount: Int { kernelThreadCount }

/// Sets ``threadCount``, for all operations that begin from now on.
public func setThreadCount(_ count: Int) {
  require(count > 0, "setThreadCount", "\(count) threads; expected at least 1")
  kernelThreadCount = count
}
