package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Program;

/** The GPU engine: operations are put into one stream and return before they have run. */
final class CudaEngine extends Engine {
  private final Device device;

  CudaEngine(Device device) {
    super(
        new Families(
            new CudaMemory(device),
            new CudaLinearAlgebra(device),
            new CudaConvolution(device),
            new CudaNormalization(device),
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
  public Program record(Arena arena, Runnable body) {
    RecordedProgram program = new RecordedProgram(device, body);
    ((CudaArena) arena).onClose(program::close);
    return program;
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
