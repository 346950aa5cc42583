package org.noisescape.cuda.bind;

import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The CUDA driver API, as far as it is used. Addresses and handles are longs.
 *
 * <p>Source: CUDA driver API reference; {@code cuda.h} of CUDA 12 and 13.
 */
public final class Driver {
  /** File names of the library. */
  public static final List<String> FILES = List.of("libcuda.so.1");

  /** The oldest version this works with, as cuDriverGetVersion counts. */
  public static final int OLDEST_VERSION = 12000;

  /** CUDA_ERROR_OUT_OF_MEMORY. */
  public static final int OUT_OF_MEMORY = 2;

  private static final int NO_DEVICE = 100;
  private static final int STREAM_NON_BLOCKING = 1;

  /** What can be asked of a device, with its number in CUdevice_attribute. */
  public enum Attribute {
    /** Major compute capability. */
    CAPABILITY_MAJOR(75),
    /** Minor compute capability. */
    CAPABILITY_MINOR(76),
    /** Bytes of shared memory a block can ask for. */
    SHARED_BYTES_PER_BLOCK_MAXIMUM(97);

    private final int number;

    Attribute(int number) {
      this.number = number;
    }
  }

  private final NativeLibrary library;
  private final ResultCell cell = new ResultCell();
  private final MethodHandle synchronize;
  private final MethodHandle copyToDevice;
  private final MethodHandle copyToHost;
  private final MethodHandle copyWithin;
  private final MethodHandle clear;
  private final DriverPrograms programs;

  private Driver(Path path) {
    library = new NativeLibrary(path);
    Class<?> handle = long.class;
    Class<?> bytes = long.class;
    Class<?> n = int.class;
    synchronize = library.exact("cuStreamSynchronize", n, handle);
    copyToDevice = library.exact("cuMemcpyHtoDAsync_v2", n, handle, handle, bytes, handle);
    copyToHost = library.exact("cuMemcpyDtoHAsync_v2", n, handle, handle, bytes, handle);
    copyWithin = library.exact("cuMemcpyDtoDAsync_v2", n, handle, handle, bytes, handle);
    clear = library.exact("cuMemsetD8Async", n, handle, byte.class, bytes, handle);
    programs = new DriverPrograms(this, library);
  }

  /** Kernels and recorded graphs. */
  public DriverPrograms programs() {
    return programs;
  }

  /** Loads and initialises the driver of a file. */
  public static Driver load(Path path) {
    Driver driver = new Driver(path);
    driver.check("cuInit", driver.library.call("cuInit", 0), "starting the driver");
    return driver;
  }

  /** The driver, where the finder knows one. */
  public static Optional<Driver> find(LibraryFinder finder) {
    return finder.find(FILES).map(Driver::load);
  }

  /** The file it was loaded from. */
  public Path path() {
    return library.path();
  }

  /** Version as 1000 major + 10 minor of the newest CUDA it runs. */
  public int version() {
    check("cuDriverGetVersion", library.call("cuDriverGetVersion", cell.at(0)), "asking");
    return cell.intAt(0);
  }

  /** Number of devices. */
  public int deviceCount() {
    int status = library.call("cuDeviceGetCount", cell.at(0));
    if (status == NO_DEVICE) {
      return 0;
    }
    check("cuDeviceGetCount", status, "looking for devices");
    return cell.intAt(0);
  }

  /** Handle of a device by its place in the list. */
  public int device(int ordinal) {
    int status = library.call("cuDeviceGet", cell.at(0), ordinal);
    check("cuDeviceGet", status, "opening a device");
    return cell.intAt(0);
  }

  /** Name of a device. */
  public String name(int device) {
    try (var memory = java.lang.foreign.Arena.ofConfined()) {
      var text = memory.allocate(256);
      int status = library.call("cuDeviceGetName", text.address(), 256, device);
      check("cuDeviceGetName", status, "asking");
      return text.getString(0);
    }
  }

  /** Value of an attribute. */
  public int attribute(int device, Attribute attribute) {
    int status = library.call("cuDeviceGetAttribute", cell.at(0), attribute.number, device);
    check("cuDeviceGetAttribute", status, "asking for " + attribute);
    return cell.intAt(0);
  }

  /** Bytes of memory of a device. */
  public long memory(int device) {
    check("cuDeviceTotalMem", library.call("cuDeviceTotalMem_v2", cell.at(0), device), "asking");
    return cell.longAt(0);
  }

  /** The primary context of a device, the same at every call. */
  public long retainContext(int device) {
    int status = library.call("cuDevicePrimaryCtxRetain", cell.at(0), device);
    check("cuDevicePrimaryCtxRetain", status, "opening a device");
    return cell.longAt(0);
  }

  /** Makes a context that of the calling thread. */
  public void enter(long context) {
    check("cuCtxSetCurrent", library.call("cuCtxSetCurrent", context), "changing the thread");
  }

  /** Bytes of free memory in the context's device. */
  public long freeMemory() {
    int status = library.call("cuMemGetInfo_v2", cell.at(0), cell.at(1));
    check("cuMemGetInfo", status, "asking for the free memory");
    return cell.longAt(0);
  }

  /** Takes memory; throws a {@link CudaException} of status {@link #OUT_OF_MEMORY} without. */
  public long allocate(long bytes) {
    int status = library.call("cuMemAlloc_v2", cell.at(0), bytes);
    check("cuMemAlloc", status, "taking %d bytes of device memory".formatted(bytes));
    return cell.longAt(0);
  }

  /** Gives memory back. */
  public void free(long address) {
    check("cuMemFree", library.call("cuMemFree_v2", address), "giving device memory back");
  }

  /** Takes page-locked memory of the host. */
  public long allocateHost(long bytes) {
    int status = library.call("cuMemHostAlloc", cell.at(0), bytes, 0);
    check("cuMemHostAlloc", status, "taking %d bytes of pinned memory".formatted(bytes));
    return cell.longAt(0);
  }

  /** Gives page-locked memory back. */
  public void freeHost(long address) {
    check("cuMemFreeHost", library.call("cuMemFreeHost", address), "giving pinned memory back");
  }

  /** A stream that does not wait for the default stream. */
  public long createStream() {
    int status = library.call("cuStreamCreate", cell.at(0), STREAM_NON_BLOCKING);
    check("cuStreamCreate", status, "opening a stream");
    return cell.longAt(0);
  }

  /** Ends a stream. */
  public void destroyStream(long stream) {
    check("cuStreamDestroy", library.call("cuStreamDestroy_v2", stream), "closing a stream");
  }

  /** Waits for everything in a stream. */
  public void synchronize(long stream) {
    int status;
    try {
      status = (int) synchronize.invokeExact(stream);
    } catch (Throwable e) {
      throw NativeLibrary.unexpected("cuStreamSynchronize", e);
    }
    if (status != 0) {
      throw failure("cuStreamSynchronize", status, "running kernels");
    }
  }

  /** Copies from the host. */
  public void copyToDevice(long device, long host, long bytes, long stream) {
    check("cuMemcpyHtoDAsync", copy(copyToDevice, device, host, bytes, stream), "writing");
  }

  /** Copies to the host. */
  public void copyToHost(long host, long device, long bytes, long stream) {
    check("cuMemcpyDtoHAsync", copy(copyToHost, host, device, bytes, stream), "reading");
  }

  /** Copies within the device. */
  public void copyWithin(long target, long source, long bytes, long stream) {
    check("cuMemcpyDtoDAsync", copy(copyWithin, target, source, bytes, stream), "copying");
  }

  /** Sets bytes to zero. */
  public void clear(long device, long bytes, long stream) {
    int status;
    try {
      status = (int) clear.invokeExact(device, (byte) 0, bytes, stream);
    } catch (Throwable e) {
      throw NativeLibrary.unexpected("cuMemsetD8Async", e);
    }
    check("cuMemsetD8Async", status, "clearing memory");
  }

  private static int copy(MethodHandle handle, long to, long from, long bytes, long stream) {
    try {
      return (int) handle.invokeExact(to, from, bytes, stream);
    } catch (Throwable e) {
      throw NativeLibrary.unexpected("cuMemcpy", e);
    }
  }

  void check(String call, int status, String purpose) {
    if (status != 0) {
      throw failure(call, status, purpose);
    }
  }

  CudaException failure(String call, int status, String purpose) {
    String name = "unknown";
    String text = "";
    if (library.call("cuGetErrorName", status, cell.at(0)) == 0) {
      name = ResultCell.text(cell.longAt(0));
    }
    if (library.call("cuGetErrorString", status, cell.at(0)) == 0) {
      text = ": " + ResultCell.text(cell.longAt(0));
    }
    return new CudaException(call, status, name + text, purpose);
  }
}
