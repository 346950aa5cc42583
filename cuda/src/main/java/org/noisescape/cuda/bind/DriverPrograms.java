package org.noisescape.cuda.bind;

import java.lang.invoke.MethodHandle;

/**
 * The part of the CUDA driver API about kernels and graphs.
 *
 * <p>Source: CUDA driver API reference; {@code cuda.h} of CUDA 12 and 13.
 */
public final class DriverPrograms {
  private static final int CAPTURE_RELAXED = 2;
  private static final int MAXIMAL_DYNAMIC_SHARED = 8;

  private final Driver driver;
  private final NativeLibrary library;
  private final ResultCell cell = new ResultCell();
  private final MethodHandle launch;
  private final MethodHandle launchGraph;

  DriverPrograms(Driver driver, NativeLibrary library) {
    this.driver = driver;
    this.library = library;
    Class<?> p = long.class;
    Class<?> n = int.class;
    launch = library.exact("cuLaunchKernel", n, p, n, n, n, n, n, n, n, p, p, p);
    launchGraph = library.exact("cuGraphLaunch", n, p, p);
  }

  /** Loads a cubin or text of PTX ending in a zero byte. */
  public long loadModule(long image) {
    int status = library.call("cuModuleLoadData", cell.at(0), image);
    driver.check("cuModuleLoadData", status, "loading compiled kernels");
    return cell.longAt(0);
  }

  /** Unloads a module. */
  public void unloadModule(long module) {
    driver.check("cuModuleUnload", library.call("cuModuleUnload", module), "unloading kernels");
  }

  /** A kernel of a module. */
  public long function(long module, String name) {
    try (var memory = java.lang.foreign.Arena.ofConfined()) {
      long text = memory.allocateFrom(name).address();
      int status = library.call("cuModuleGetFunction", cell.at(0), module, text);
      driver.check("cuModuleGetFunction", status, "looking for kernel " + name);
      return cell.longAt(0);
    }
  }

  /** Allows a kernel so many bytes of dynamic shared memory. */
  public void allowShared(long function, int bytes) {
    int status = library.call("cuFuncSetAttribute", function, MAXIMAL_DYNAMIC_SHARED, bytes);
    driver.check(
        "cuFuncSetAttribute", status, "asking for %d bytes of shared memory".formatted(bytes));
  }

  /** Begins to record what is put into a stream instead of running it. */
  public void beginCapture(long stream) {
    int status = library.call("cuStreamBeginCapture_v2", stream, CAPTURE_RELAXED);
    driver.check("cuStreamBeginCapture", status, "recording a step");
  }

  /** Ends the recording; the graph must be destroyed. */
  public long endCapture(long stream) {
    int status = library.call("cuStreamEndCapture", stream, cell.at(0));
    driver.check("cuStreamEndCapture", status, "recording a step");
    return cell.longAt(0);
  }

  /** Number of nodes of a graph. */
  public long nodeCount(long graph) {
    int status = library.call("cuGraphGetNodes", graph, 0L, cell.at(0));
    driver.check("cuGraphGetNodes", status, "counting the nodes of a graph");
    return cell.longAt(0);
  }

  /** What the nodes of a graph do. */
  public GraphNodes nodes(long graph) {
    return new GraphNodes(library, graph, nodeCount(graph));
  }

  /** Makes a graph launchable. */
  public long instantiate(long graph) {
    int status = library.call("cuGraphInstantiateWithFlags", cell.at(0), graph, 0L);
    driver.check("cuGraphInstantiate", status, "preparing a recorded step");
    return cell.longAt(0);
  }

  /** Destroys a graph. */
  public void destroyGraph(long graph) {
    driver.check("cuGraphDestroy", library.call("cuGraphDestroy", graph), "closing a graph");
  }

  /** Destroys a launchable graph. */
  public void destroyExecutable(long executable) {
    int status = library.call("cuGraphExecDestroy", executable);
    driver.check("cuGraphExecDestroy", status, "closing a recorded step");
  }

  /** Puts a recorded graph into a stream. */
  public void launchGraph(long executable, long stream) {
    int status;
    try {
      status = (int) launchGraph.invokeExact(executable, stream);
    } catch (Throwable e) {
      throw NativeLibrary.unexpected("cuGraphLaunch", e);
    }
    if (status != 0) {
      throw driver.failure("cuGraphLaunch", status, "starting a recorded step");
    }
  }

  /**
   * Puts a kernel into a stream.
   *
   * @param name for messages
   * @param function the kernel
   * @param gridX blocks along x
   * @param gridY blocks along y
   * @param gridZ blocks along z
   * @param threads threads of a block
   * @param sharedBytes dynamic shared memory
   * @param stream where it runs
   * @param arguments address of an array of addresses of the arguments
   */
  public void launch(
      String name,
      long function,
      int gridX,
      int gridY,
      int gridZ,
      int threads,
      int sharedBytes,
      long stream,
      long arguments) {
    int status;
    try {
      status =
          (int)
              launch.invokeExact(
                  function, gridX, gridY, gridZ, threads, 1, 1, sharedBytes, stream, arguments, 0L);
    } catch (Throwable e) {
      throw NativeLibrary.unexpected("cuLaunchKernel", e);
    }
    if (status != 0) {
      throw driver.failure(
          "cuLaunchKernel",
          status,
          "starting kernel %s, grid (%d, %d, %d), %d threads, %d bytes of shared memory"
              .formatted(name, gridX, gridY, gridZ, threads, sharedBytes));
    }
  }
}
