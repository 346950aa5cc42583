package org.noisescape.engine.nd4j;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Convolution;
import org.noisescape.tensor.Engine;
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

/** Memory and arithmetic by ND4J. ND4J's thread counts are global: the last engine opened wins. */
final class Nd4jEngine implements Engine {
  private final String description;
  private final Nd4jMemory memory = new Nd4jMemory();
  private final Nd4jLinearAlgebra linearAlgebra = new Nd4jLinearAlgebra();
  private final Nd4jConvolution convolution = new Nd4jConvolution();
  private final Nd4jNormalization normalization = new Nd4jNormalization();
  private final Nd4jPointwise pointwise = new Nd4jPointwise();
  private final Nd4jTangents tangents = new Nd4jTangents();
  private final Nd4jReduction reduction = new Nd4jReduction();
  private final Nd4jRandomFill random = new Nd4jRandomFill();
  private final Nd4jIndexing indexing = new Nd4jIndexing();

  Nd4jEngine(int threads) {
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
  public long availableMemory() {
    return PhysicalMemory.available();
  }

  @Override
  public long availableMemory(long heapGrowth) {
    return availableMemory() - heapGrowth;
  }

  @Override
  public Arena arena() {
    return new Nd4jArena(this);
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
  public Indexing indexing() {
    return indexing;
  }

  @Override
  public Program record(Runnable body) {
    return body::run;
  }

  @Override
  public void close() {
    Scratch.release();
  }
}
