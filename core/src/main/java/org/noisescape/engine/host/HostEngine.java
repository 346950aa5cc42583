package org.noisescape.engine.host;

import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.PhysicalMemory;

/** The CPU engine. */
final class HostEngine extends Engine {
  private final Workers workers;

  private HostEngine(Workers workers) {
    super(
        new Families(
            new HostMemory(workers),
            new HostLinearAlgebra(workers),
            new HostConvolution(workers),
            (dtype, replicas, rows, channels, sharing, epsilon, arena) ->
                new HostNormalizationPlan(
                    dtype, replicas, rows, channels, sharing, epsilon, workers),
            new HostPointwise(workers),
            new HostTangents(workers),
            new HostReduction(workers),
            new HostRandomFill(workers),
            new HostIndexing(workers),
            new HostEnsembles(workers)));
    this.workers = workers;
  }

  static HostEngine open(int threads) {
    OneDnn.threads(threads);
    OpenBlas.threads(threads);
    return new HostEngine(new Workers(threads));
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
  public long availableMemory(long heapGrowth) {
    return PhysicalMemory.available() - heapGrowth;
  }

  @Override
  public Arena arena() {
    return new HostArena(this);
  }

  @Override
  public void close() {
    workers.close();
  }
}
