package org.noisescape.cuda.engine;

import java.util.Arrays;
import java.util.stream.Stream;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.ConvolutionPlan;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/** A convolution with inputs and results, all of whose passes can be run. */
final class PlannedConvolution implements AutoCloseable {
  /** Makes a plan on an arena. */
  interface Planner {
    ConvolutionPlan plan(ConvolutionGeometry geometry, int replicas, int samples, CudaArena arena);
  }

  /** What the passes gave. */
  record Results(
      double[] forward,
      double[] inputGradient,
      double[] weightGradient,
      double[] biasGradient,
      double[] summedWeights,
      double[] norms,
      double[] rows) {
    boolean sameBits(Results other) {
      return Arrays.equals(all(), other.all());
    }

    private double[] all() {
      return Stream.of(
              forward, inputGradient, weightGradient, biasGradient, summedWeights, norms, rows)
          .flatMapToDouble(Arrays::stream)
          .toArray();
    }
  }

  private final Engine engine;
  private final Arena arena;
  private final ConvolutionPlan plan;
  private final Tensor x;
  private final Tensor w;
  private final Tensor b;
  private final Tensor yBar;
  private final Tensor y;
  private final Tensor xBar;
  private final Tensor wBar;
  private final Tensor bBar;
  private final Tensor wSum;
  private final Tensor norms;
  private final Tensor rows;

  PlannedConvolution(
      Engine engine,
      ConvolutionGeometry g,
      DType dtype,
      int replicas,
      int samples,
      Planner planner) {
    this.engine = engine;
    arena = engine.arena();
    plan = planner.plan(g, replicas, samples, (CudaArena) arena);
    int input = g.height() * g.width() * g.inputChannels();
    int output = g.positions() * g.outputChannels();
    int weights = (int) g.weightSize();
    x = arena.reserve(dtype, replicas, samples, input);
    xBar = arena.reserve(dtype, replicas, samples, input);
    y = arena.reserve(dtype, replicas, samples, output);
    yBar = arena.reserve(dtype, replicas, samples, output);
    w = arena.reserve(dtype, replicas, weights);
    wBar = arena.reserve(dtype, replicas, weights);
    wSum = arena.reserve(dtype, replicas, weights);
    b = arena.reserve(dtype, replicas, g.outputChannels());
    bBar = arena.reserve(dtype, replicas, g.outputChannels());
    norms = arena.reserve(DType.FLOAT64, replicas, samples);
    rows = arena.reserve(dtype, replicas, samples, weights + g.outputChannels());
    arena.commit();
    int purpose = 0;
    for (Tensor tensor : new Tensor[] {x, w, b, yBar}) {
      RandomStream stream = RandomKey.of(7, Purpose.INITIALIZATION, purpose++).stream(0);
      double[] values = new double[(int) tensor.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = stream.nextGaussian();
      }
      engine.memory().write(tensor, values);
    }
  }

  Arena arena() {
    return arena;
  }

  /** Puts all passes into the engine's stream. */
  void run() {
    plan.forward(x, w, b, y);
    plan.inputGradient(w, yBar, xBar, Accumulation.OVERWRITE);
    plan.weightGradient(x, yBar, wBar, bBar, Accumulation.OVERWRITE);
    engine.memory().fill(norms, 0);
    plan.weightGradientAndNorms(x, yBar, wSum, bBar, Accumulation.OVERWRITE, norms);
    plan.sampleGradients(x, yBar, rows);
  }

  Results results() {
    return new Results(
        read(y), read(xBar), read(wBar), read(bBar), read(wSum), read(norms), read(rows));
  }

  private double[] read(Tensor tensor) {
    return engine.memory().readDoubles(tensor);
  }

  @Override
  public void close() {
    arena.close();
  }
}
