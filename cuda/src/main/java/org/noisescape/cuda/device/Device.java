package org.noisescape.cuda.device;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.noisescape.cuda.bind.Cublas;
import org.noisescape.cuda.bind.CudaException;
import org.noisescape.cuda.bind.Cudnn;
import org.noisescape.cuda.bind.Driver;
import org.noisescape.cuda.bind.Driver.Attribute;
import org.noisescape.cuda.bind.Nvrtc;
import org.noisescape.tensor.Precision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One GPU: a context, one stream in which everything runs in order, memory, kernels, cuBLAS.
 *
 * <p>For one thread at a time; the context follows the thread that calls.
 */
public final class Device implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Device.class);

  /** What NVIDIA recommends as cuBLAS's workspace on Hopper; more than enough elsewhere. */
  private static final long CUBLAS_WORKSPACE = 32 << 20;

  /** Bytes of memory that operations may use between two kernels of one operation. */
  public static final long SCRATCH_BYTES = 8 << 20;

  private final Driver driver;
  private final int ordinal;
  private final int capability;
  private final long context;
  private final long stream;
  private final Cublas cublas;
  private Optional<Cudnn> cudnn;
  private final long cublasHandle;
  private final long scratch;
  private final Kernels kernels;
  private final DeviceTransfer transfer;
  private final Faults faults;
  private final String summary;
  private final Precision precision;
  private final boolean transforms;
  private final List<Graph> graphs = new ArrayList<>();
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private Thread thread;
  private long cudnnHandle;
  private boolean recording;
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
    this.cublas = installation.cublas();
    this.cudnn = installation.cudnn();
    this.ordinal = installation.device();
    this.capability = installation.capability();
    this.precision = precision;
    this.transforms = installation.allowsTransforms();
    // the process keeps it: libraries have state in it that does not come back after its end
    this.context = driver.retainContext(ordinal);
    try {
      enter();
      this.stream = driver.createStream();
      closing.push(() -> driver.destroyStream(stream));
      long workspace = driver.allocate(CUBLAS_WORKSPACE);
      closing.push(() -> driver.free(workspace));
      this.scratch = driver.allocate(SCRATCH_BYTES);
      closing.push(() -> driver.free(scratch));
      this.cublasHandle = cublas.create();
      closing.push(() -> cublas.destroy(cublasHandle));
      cublas.configure(
          cublasHandle, stream, workspace, CUBLAS_WORKSPACE, precision == Precision.TF32);
      prepareProducts();
      this.transfer = new DeviceTransfer(this);
      closing.push(transfer::close);
      this.faults = new Faults(this);
      closing.push(faults::close);
      this.kernels = new Kernels(this, nvrtc);
      closing.push(kernels::close);
      this.summary =
          "%s, cuBLAS %s, %s, NVRTC %s"
              .formatted(
                  installation.summary(),
                  cublas.version(cublasHandle),
                  cudnn
                      .map(c -> "cuDNN " + c.version() + (transforms ? " with transforms" : ""))
                      .orElse("no cuDNN"),
                  kernels.compilerVersion());
    } catch (RuntimeException e) {
      closeQuietly();
      throw e;
    }
  }

  private void closeQuietly() {
    while (!closing.isEmpty()) {
      whereItStillCan(closing.pop());
    }
  }

  /** cuBLAS loads code at its first products, which had better not be within a recording. */
  private void prepareProducts() {
    int size = 16;
    long a = scratch;
    long b = a + 8L * size * size;
    long c = b + 8L * size * size;
    Cublas.Product product =
        new Cublas.Product(
            false, false, size, size, size, size, 0, size, 0, size, (long) size * size, 1);
    cublas.single(cublasHandle, product, 1, a, b, 0, c);
    cublas.wide(cublasHandle, product, 1, a, b, 0, c);
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
      whereItStillCan(() -> driver().free(address));
      return;
    }
    requireNotRecording("giving memory back");
    synchronize();
    driver.free(address);
  }

  /** After an error the driver may refuse everything; the process's end gives the memory back. */
  private static void whereItStillCan(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.debug("a lost device keeps something: {}", e.getMessage());
    }
  }

  /** {@link #SCRATCH_BYTES} bytes that hold nothing from one operation to the next. */
  public long scratch() {
    return scratch;
  }

  /** cuBLAS. */
  public Cublas cublas() {
    enter();
    return cublas;
  }

  /** The handle of cuBLAS. */
  public long cublasHandle() {
    return cublasHandle;
  }

  /** cuDNN, where it is installed. */
  public Optional<Cudnn> cudnn() {
    enter();
    if (cudnnHandle == 0 && cudnn.isPresent()) {
      try {
        Cudnn opened = cudnn.get();
        cudnnHandle = opened.create(stream);
        closing.push(() -> opened.destroy(cudnnHandle));
      } catch (CudaException e) {
        LOG.warn("going on without cuDNN: {}", e.getMessage());
        cudnn = Optional.empty();
      }
    }
    return cudnn;
  }

  /** The handle of cuDNN, opened when first asked for. */
  public long cudnnHandle() {
    return cudnnHandle;
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
    requireNotRecording("recording");
    recording = true;
    try {
      Graph graph = Graph.of(this, body);
      graphs.add(graph);
      return graph;
    } finally {
      recording = false;
    }
  }

  void forget(Graph graph) {
    if (graphs.remove(graph) && !lost) {
      synchronize();
      graph.destroy();
    }
  }

  /** Whether what is put into the stream is recorded instead of run. */
  public boolean isRecording() {
    return recording;
  }

  void requireNotRecording(String what) {
    if (recording) {
      throw new IllegalStateException(
          what + " cannot be recorded: do it before or after the body of a program");
    }
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
      closeQuietly();
    } else {
      synchronize();
      graphs.forEach(Graph::destroy);
      graphs.clear();
      while (!closing.isEmpty()) {
        closing.pop().run();
      }
    }
    closed = true;
  }
}
