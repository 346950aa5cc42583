package org.noisescape.cuda.device;

import java.util.List;
import org.noisescape.cuda.bind.CudaException;
import org.noisescape.cuda.bind.Driver;

/** A recorded sequence of kernels and copies that is started with one call. */
public final class Graph {
  private final Device device;
  private final long recorded;
  private final long executable;

  private Graph(Device device, long recorded, long executable) {
    this.device = device;
    this.recorded = recorded;
    this.executable = executable;
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
      return new Graph(device, graph, driver.programs().instantiate(graph));
    } catch (CudaException e) {
      driver.programs().destroyGraph(graph);
      throw e;
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
    return device.driver().programs().nodeCount(recorded);
  }

  /** Names of its kernels, {@code copy} and {@code fill}, as they were recorded. */
  public List<String> names() {
    return device.driver().programs().nodes(recorded).names();
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
    device.driver().programs().destroyGraph(recorded);
  }
}
