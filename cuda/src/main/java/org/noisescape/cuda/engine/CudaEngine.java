package org.noisescape.cuda.engine;

import org.noisescape.cuda.bind.CudaException;
import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Graph;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Convolution;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.EnsembleKernels;
import org.noisescape.tensor.Indexing;
import org.noisescape.tensor.LinearAlgebra;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Normalization;
import org.noisescape.tensor.Pointwise;
import org.noisescape.tensor.Program;
import org.noisescape.tensor.RandomFill;
import org.noisescape.tensor.Reduction;
import org.noisescape.tensor.Tangents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The GPU engine: operations are put into one stream and return before they have run. */
final class CudaEngine implements Engine {
  private static final Logger LOG = LoggerFactory.getLogger(CudaEngine.class);

  private final Device device;
  private final CudaMemory memory;
  private final CudaLinearAlgebra linearAlgebra;
  private final CudaConvolution convolution;
  private final CudaNormalization normalization;
  private final CudaPointwise pointwise;
  private final CudaTangents tangents;
  private final CudaReduction reduction;
  private final CudaRandomFill random;
  private final CudaIndexing indexing;
  private final CudaEnsembles ensembles;

  CudaEngine(Device device) {
    this.device = device;
    memory = new CudaMemory(device);
    linearAlgebra = new CudaLinearAlgebra(device);
    convolution = new CudaConvolution(device);
    normalization = new CudaNormalization(device);
    pointwise = new CudaPointwise(device);
    tangents = new CudaTangents(device);
    reduction = new CudaReduction(device);
    random = new CudaRandomFill(device);
    indexing = new CudaIndexing(device);
    ensembles = new CudaEnsembles(device);
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
  public long availableMemory() {
    return device.freeMemory();
  }

  @Override
  public Arena arena() {
    return new CudaArena(this, device);
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public LinearAlgebra linearAlgebra() {
    return linearAlgebra;
  }

  @Override
  public Convolution convolution() {
    return convolution;
  }

  @Override
  public Normalization normalization() {
    return normalization;
  }

  @Override
  public Pointwise pointwise() {
    return pointwise;
  }

  @Override
  public Tangents tangents() {
    return tangents;
  }

  @Override
  public Reduction reduction() {
    return reduction;
  }

  @Override
  public RandomFill random() {
    return random;
  }

  @Override
  public EnsembleKernels ensembles() {
    return ensembles;
  }

  @Override
  public Indexing indexing() {
    return indexing;
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
