package org.noisescape.engine.nd4j;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.EnsembleKernels;
import org.noisescape.tensor.NativeEnvironment;
import org.noisescape.tensor.PhysicalMemory;

/** Memory and arithmetic by ND4J. ND4J's thread counts are global: the last engine opened wins. */
final class Nd4jEngine extends Engine {
  private final String description;

  Nd4jEngine(int threads) {
    super(
        new Families(
            new Nd4jMemory(),
            new Nd4jLinearAlgebra(),
            new Nd4jConvolution(),
            (dtype, replicas, rows, channels, sharing, epsilon, arena) ->
                new Nd4jNormalizationPlan(dtype, replicas, rows, channels, sharing, epsilon),
            new Nd4jPointwise(),
            new Nd4jTangents(),
            new Nd4jReduction(),
            new Nd4jRandomFill(),
            new Nd4jIndexing(),
            EnsembleKernels.NONE));
    NativeEnvironment.prepare();
    boolean cpu = Nd4j.getEnvironment().isCPU();
    if (cpu) {
      Nd4j.getEnvironment().setMaxThreads(threads);
      Nd4j.getEnvironment().setMaxMasterThreads(threads);
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
      Nd4j.getNDArrayFactory().blas().setMaxThreads(threads);
    }
    this.description =
        "ND4J "
            + Nd4j.getBackend().getClass().getSimpleName()
            + (cpu ? ", " + threads + " threads" : "");
  }

  @Override
  public String name() {
    return Nd4jEngineProvider.NAME;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public long availableMemory(long heapGrowth) {
    return PhysicalMemory.available() - heapGrowth;
  }

  @Override
  public Arena arena() {
    return new Nd4jArena(this);
  }

  @Override
  public void close() {
    Scratch.release();
  }
}
