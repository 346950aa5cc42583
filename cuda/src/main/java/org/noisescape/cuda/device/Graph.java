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
    driver.beginCapture(device.stream());
    long graph;
    try {
      body.run();
    } catch (RuntimeException | Error e) {
      abandon(driver, device.stream(), e);
      throw e;
    }
    graph = driver.endCapture(device.stream());
    try {
      return new Graph(device, driver.instantiate(graph), driver.nodeCount(graph));
    } finally {
      driver.destroyGraph(graph);
    }
  }

  /** Ends a recording that failed, so that the stream can be used again. */
  private static void abandon(Driver driver, long stream, Throwable failure) {
    try {
      driver.destroyGraph(driver.endCapture(stream));
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
    device.driver().launchGraph(executable, device.stream());
  }

  /** Gives it back; nothing of it may still run. */
  void close() {
    device.driver().destroyExecutable(executable);
  }
}
