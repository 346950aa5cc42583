package org.noisescape.cuda.device;

import java.util.List;
import java.util.Optional;
import org.noisescape.cuda.bind.Cublas;
import org.noisescape.cuda.bind.CudaException;
import org.noisescape.cuda.bind.Cudnn;
import org.noisescape.cuda.bind.Driver;
import org.noisescape.cuda.bind.Driver.Attribute;
import org.noisescape.cuda.bind.Nvrtc;
import org.noisescape.tensor.Precision;

/**
 * One GPU: a context, one stream in which everything runs in order, memory, kernels, cuBLAS.
 *
 * <p>For one thread at a time; the context follows the thread that calls.
 */
public final class Device implements AutoCloseable {
  /** Bytes of memory that operations may use between two kernels of one operation. */
  public static final long SCRATCH_BYTES = 8 << 20;

  private final Driver driver;
  private final int ordinal;
  private final int capability;
  private final long context;
  private final long stream;
  private final DeviceLibraries libraries;
  private final long scratch;
  private final Kernels kernels;
  private final DeviceTransfer transfer;
  private final Faults faults;
  private final String summary;
  private final Precision precision;
  private final boolean transforms;
  private final Recordings recordings = new Recordings(this);
  private final Opened opened = new Opened();
  private Thread thread;
  private boolean lost;
  private boolean closed;

  /**
   * Opens the device of an installation.
   *
   * @param installation one without a problem
   * @param precision TF32 to allow it in products
   */
  public Device(Installation installation, Precision precision) {
    // what may be missing comes first; NVRTC before cuDNN, which would load one of its own choice
    this.driver = installation.openDriver();
    Nvrtc nvrtc = installation.nvrtc();
    Cublas cublas = installation.cublas();
    Optional<Cudnn> cudnn = installation.cudnn();
    this.ordinal = installation.device();
    this.capability = installation.capability();
    this.precision = precision;
    this.transforms = installation.allowsTransforms();
    // the process keeps it: libraries have state in it that does not come back after its end
    this.context = driver.retainContext(ordinal);
    try {
      enter();
      this.stream = driver.createStream();
      opened.closeWith(() -> driver.destroyStream(stream));
      this.scratch = driver.allocate(SCRATCH_BYTES);
      opened.closeWith(() -> driver.free(scratch));
      this.libraries = new DeviceLibraries(cublas, cudnn, driver, stream, precision, opened);
      libraries.prepareProducts(scratch);
      this.transfer = new DeviceTransfer(this);
      opened.closeWith(transfer::close);
      this.faults = new Faults(this);
      opened.closeWith(faults::close);
      this.kernels = new Kernels(this, nvrtc);
      opened.closeWith(kernels::close);
      this.summary =
          "%s, cuBLAS %s, %s, NVRTC %s"
              .formatted(
                  installation.summary(),
                  libraries.cublasVersion(),
                  libraries
                      .cudnnVersion()
                      .map(version -> "cuDNN " + version + (transforms ? " with transforms" : ""))
                      .orElse("no cuDNN"),
                  kernels.compilerVersion());
    } catch (RuntimeException e) {
      opened.closeWhatCan();
      throw e;
    }
  }

  /** Device, driver and libraries in one line. */
  public String summary() {
    return summary;
  }

  /** The driver, its context made that of the calling thread. */
  Driver driver() {
    enter();
    return driver;
  }

  /** The stream in which everything runs. */
  public long stream() {
    return stream;
  }

  /** Compute capability, 10 major + minor. */
  public int capability() {
    return capability;
  }

  /** What products may do with their factors. */
  public Precision precision() {
    return precision;
  }

  /** Whether convolutions may be transformed, which loses digits. */
  public boolean allowsTransforms() {
    return transforms;
  }

  /** Value of an attribute. */
  public int attribute(Attribute attribute) {
    return driver.attribute(ordinal, attribute);
  }

  /** Bytes that can be taken now. */
  public long freeMemory() {
    return driver().freeMemory();
  }

  /** Takes memory that starts as zeros. */
  public long allocate(long bytes) {
    requireNotRecording("taking memory"); // the zeros would be recorded instead of written
    long address = driver().allocate(bytes);
    driver.clear(address, bytes, stream);
    return address;
  }

  /** Gives memory back after everything that uses it has run. */
  public void free(long address) {
    if (address == 0 || closed) {
      return;
    }
    if (lost) {
      Opened.whereItStillCan(() -> driver().free(address));
      return;
    }
    requireNotRecording("giving memory back");
    synchronize();
    driver.free(address);
  }

  /** {@link #SCRATCH_BYTES} bytes that hold nothing from one operation to the next. */
  public long scratch() {
    return scratch;
  }

  /** cuBLAS. */
  public Cublas cublas() {
    enter();
    return libraries.cublas();
  }

  /** The handle of cuBLAS. */
  public long cublasHandle() {
    return libraries.cublasHandle();
  }

  /** cuDNN, where it is installed. */
  public Optional<Cudnn> cudnn() {
    enter();
    return libraries.cudnn();
  }

  /** The handle of cuDNN, opened when first asked for. */
  public long cudnnHandle() {
    return libraries.cudnnHandle();
  }

  /** Compiled kernels. */
  public Kernels kernels() {
    return kernels;
  }

  /** Transfers between the host and the device. */
  public DeviceTransfer transfer() {
    return transfer;
  }

  /** What kernels found wrong with their arguments. */
  public Faults faults() {
    return faults;
  }

  /** Sets bytes to zero. */
  public void clear(long address, long bytes) {
    if (bytes > 0) {
      driver().clear(address, bytes, stream);
    }
  }

  /** Copies within the device. */
  public void copy(long target, long source, long bytes) {
    if (bytes > 0) {
      driver().copyWithin(target, source, bytes, stream);
    }
  }

  /** Waits until everything has run. */
  public void synchronize() {
    try {
      driver().synchronize(stream);
    } catch (CudaException e) {
      lost = true;
      throw e;
    }
  }

  /** Waits, and says whether the device still works: not after an error of a kernel. */
  public boolean isUsable() {
    try {
      synchronize();
      return true;
    } catch (CudaException e) {
      return false;
    }
  }

  /** Records what a body puts into the stream; the graph lives as long as the device at most. */
  public Graph record(Runnable body) {
    return recordings.record(body);
  }

  /** Graphs that were recorded and are not given back. */
  public List<Graph> graphs() {
    return recordings.graphs();
  }

  void forget(Graph graph) {
    if (recordings.remove(graph) && !lost) {
      synchronize();
      graph.destroy();
    }
  }

  /** Whether what is put into the stream is recorded instead of run. */
  public boolean isRecording() {
    return recordings.isRecording();
  }

  void requireNotRecording(String what) {
    recordings.requireNone(what);
  }

  private void enter() {
    if (Thread.currentThread() != thread) {
      driver.enter(context);
      thread = Thread.currentThread();
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    if (lost) {
      opened.closeWhatCan();
    } else {
      synchronize();
      recordings.destroy();
      opened.close();
    }
    closed = true;
  }
}
