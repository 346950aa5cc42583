package org.noisescape.cuda.device;

import org.noisescape.cuda.bind.CudaException;
import org.noisescape.cuda.bind.Driver;

/** A recorded sequence of kernels and copies that is started with one call. */
public final class Graph {
  private final Device device;
  private final long executable;
  private final long nodes;

  private Graph(Device device, long executable, long nodes) {
    this.device = device;
    this.executable = executable;
    this.nodes = nodes;
  }

  static Graph of(Device device, Runnable body) {
    device.kernels().loadAll();
    Driver driver = device.driver();
    driver.programs().beginCapture(device.stream());
    long graph;
    try {
      body.run();
    } catch (RuntimeException | Error e) {
      abandon(driver, device.stream(), e);
      throw e;
    }
    graph = driver.programs().endCapture(device.stream());
    try {
      return new Graph(
          device, driver.programs().instantiate(graph), driver.programs().nodeCount(graph));
    } finally {
      driver.programs().destroyGraph(graph);
    }
  }

  /** Ends a recording that failed, so that the stream can be used again. */
  private static void abandon(Driver driver, long stream, Throwable failure) {
    try {
      driver.programs().destroyGraph(driver.programs().endCapture(stream));
    } catch (CudaException e) {
      failure.addSuppressed(e);
    }
  }

  /** Kernels, copies and fills in it. */
  public long nodes() {
    return nodes;
  }

  /** Puts the sequence into the device's stream. */
  public void launch() {
    device.driver().programs().launchGraph(executable, device.stream());
  }

  /** Gives it back after what was launched has run. */
  public void close() {
    device.forget(this);
  }

  /** Gives it back; nothing of it may still run. */
  void destroy() {
    device.driver().programs().destroyExecutable(executable);
  }
}
