package org.noisescape.engine.host;

import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Convolution;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.EnsembleKernels;
import org.noisescape.tensor.Indexing;
import org.noisescape.tensor.LinearAlgebra;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Normalization;
import org.noisescape.tensor.PhysicalMemory;
import org.noisescape.tensor.Pointwise;
import org.noisescape.tensor.Program;
import org.noisescape.tensor.RandomFill;
import org.noisescape.tensor.Reduction;
import org.noisescape.tensor.Tangents;

/** The CPU engine. */
final class HostEngine implements Engine {
  private final Workers workers;
  private final HostMemory memory;
  private final HostLinearAlgebra linearAlgebra;
  private final HostConvolution convolution;
  private final HostNormalization normalization;
  private final HostPointwise pointwise;
  private final HostTangents tangents;
  private final HostReduction reduction;
  private final HostRandomFill random;
  private final HostIndexing indexing;
  private final HostEnsembles ensembles;

  HostEngine(int threads) {
    OneDnn.threads(threads);
    OpenBlas.threads(threads);
    workers = new Workers(threads);
    memory = new HostMemory(workers);
    linearAlgebra = new HostLinearAlgebra(workers);
    convolution = new HostConvolution(workers);
    normalization = new HostNormalization(workers);
    pointwise = new HostPointwise(workers);
    tangents = new HostTangents(workers);
    reduction = new HostReduction(workers);
    random = new HostRandomFill(workers);
    indexing = new HostIndexing(workers);
    ensembles = new HostEnsembles(workers);
  }

  @Override
  public String name() {
    return "host";
  }

  @Override
  public String description() {
    return "oneDNN %s, Vector API %d bits, %d thread%s"
        .formatted(
            OneDnn.version(),
            Float32Kernels.S.vectorBitSize(),
            workers.count(),
            workers.count() == 1 ? "" : "s");
  }

  @Override
  public long availableMemory() {
    return PhysicalMemory.available();
  }

  @Override
  public long availableMemory(long heapGrowth) {
    return availableMemory() - heapGrowth;
  }

  @Override
  public Arena arena() {
    return new HostArena(this);
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
    return body::run;
  }

  @Override
  public void close() {
    workers.close();
  }
}
