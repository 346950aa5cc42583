package org.noisescape.experiments.wei.alignment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.loss.Loss;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.Network;
import org.noisescape.objective.DerivedSamples;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskOptions;
import org.noisescape.objective.SampleSource;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * Samples with targets y′_μ = f_μ(θ) − ‖f_μ(θ) − y_μ‖ û_μ, û_μ a random direction: at θ every
 * residual keeps its norm, and the residuals have no direction in common.
 *
 * <p>With the mean-square loss the per-sample gradients become ‖r_μ‖ J_μᵀ û_μ, and so their second
 * moment that of isotropic residuals, (1/N) Σ (‖r_μ‖²/K) J_μᵀ J_μ on average. What CS gains by it
 * is what the anisotropy of the residuals takes from the alignment. Targets are float32, so
 * residuals below 10⁻⁶ of the outputs are not kept.
 *
 * @param all the samples as they are
 * @param targets y′ (N, K)
 */
record TurnedResiduals(SampleSource all, float[] targets) implements DerivedSamples {
  /**
   * At one θ.
   *
   * @param theta θ (P)
   * @param seed of the directions
   */
  static TurnedResiduals of(
      Engine engine, Network network, SampleSource samples, double[] theta, long seed) {
    Recorder recorder = new Recorder();
    try (Arena arena = engine.arena()) {
      ResidentData data = new ResidentData(samples, network, recorder, DType.FLOAT64, arena);
      Tensor vector = arena.reserve(DType.FLOAT64, 1, network.parameterCount());
      EmpiricalRisk risk = new EmpiricalRisk(data, arena, RiskOptions.values());
      arena.commit();
      engine.memory().write(vector, theta);
      risk.value(network.view(vector));
    }
    int outputs = network.outputSize();
    float[] targets = new float[samples.size() * outputs];
    for (int sample = 0; sample < samples.size(); sample++) {
      RandomStream random = RandomKey.of(seed, Purpose.ESTIMATOR, 1).stream(sample);
      double[] output = recorder.outputs.get(sample);
      double[] direction = new double[outputs];
      double length = 0;
      for (int k = 0; k < outputs; k++) {
        direction[k] = random.nextGaussian();
        length = Math.hypot(length, direction[k]);
      }
      double norm = distance(output, recorder.targets.get(sample));
      for (int k = 0; k < outputs; k++) {
        targets[sample * outputs + k] = (float) (output[k] - norm * direction[k] / length);
      }
    }
    return new TurnedResiduals(samples, targets);
  }

  private static double distance(double[] x, double[] y) {
    double norm = 0;
    for (int k = 0; k < x.length; k++) {
      norm = Math.hypot(norm, x[k] - y[k]);
    }
    return norm;
  }

  @Override
  public void copyTargets(int first, int count, float[] destination) {
    System.arraycopy(targets, first * outputs(), destination, 0, count * outputs());
  }

  /** The mean-square loss, which keeps outputs and targets of the samples in their order. */
  private static final class Recorder implements Loss {
    private final Loss loss = new MeanSquare();
    private final List<double[]> outputs = new ArrayList<>();
    private final List<double[]> targets = new ArrayList<>();

    @Override
    public String name() {
      return loss.name();
    }

    @Override
    public void prepareTargets(double[] prepared, int count) {
      loss.prepareTargets(prepared, count);
    }

    @Override
    public void evaluate(
        Engine engine,
        Tensor output,
        Tensor target,
        int valid,
        Tensor scale,
        Tensor losses,
        Tensor outputBar) {
      keep(engine.memory().readDoubles(output), output.dim(2), valid, outputs);
      keep(engine.memory().readDoubles(target), output.dim(2), valid, targets);
      loss.evaluate(engine, output, target, valid, scale, losses, outputBar);
    }

    private static void keep(double[] all, int width, int valid, List<double[]> rows) {
      for (int i = 0; i < valid; i++) {
        rows.add(Arrays.copyOfRange(all, i * width, (i + 1) * width));
      }
    }

    @Override
    public void evaluateTangent(
        Engine engine,
        Tensor output,
        Tensor outputDot,
        int valid,
        Tensor scale,
        Tensor outputBarDot) {
      loss.evaluateTangent(engine, output, outputDot, valid, scale, outputBarDot);
    }

    @Override
    public void curvatureRoot(
        Engine engine, Tensor output, int k, int valid, Tensor scale, Tensor outputBar) {
      loss.curvatureRoot(engine, output, k, valid, scale, outputBar);
    }
  }
}
