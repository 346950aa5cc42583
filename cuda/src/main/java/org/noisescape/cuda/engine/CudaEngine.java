package org.noisescape.cuda.engine;

import org.noisescape.cuda.bind.CudaException;
import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Graph;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Program;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The GPU engine: operations are put into one stream and return before they have run. */
final class CudaEngine extends Engine {
  private static final Logger LOG = LoggerFactory.getLogger(CudaEngine.class);

  private final Device device;

  CudaEngine(Device device) {
    super(
        new Families(
            new CudaMemory(device),
            new CudaLinearAlgebra(device),
            new CudaConvolution(device),
            (dtype, replicas, rows, channels, epsilon, arena) ->
                new CudaNormalizationPlan(
                    device, dtype, replicas, rows, channels, epsilon, (CudaArena) arena),
            new CudaPointwise(device),
            new CudaTangents(device),
            new CudaReduction(device),
            new CudaRandomFill(device),
            new CudaIndexing(device),
            new CudaEnsembles(device)));
    this.device = device;
  }

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public String description() {
    return device.summary();
  }

  @Override
  public long availableMemory(long heapGrowth) {
    return device.freeMemory();
  }

  @Override
  public Arena arena() {
    return new CudaArena(this, device);
  }

  @Override
  public Program record(Runnable body) {
    try {
      Graph graph = device.record(body);
      return graph::launch;
    } catch (CudaException e) {
      // what is broken, and not only impossible to record, fails again at the first step
      LOG.warn("this program cannot be recorded, so it is slower: {}", e.getMessage());
      return body::run;
    }
  }

  @Override
  public void synchronize() {
    device.transfer().fetch(0, 0);
  }

  @Override
  public void close() {
    device.close();
  }
}
