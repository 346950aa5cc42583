package example;

import org.noisescape.loss.Loss;
import org.noisescape.loss.LossProvider;
import org.noisescape.loss.MeanSquare;
import org.noisescape.registry.Named;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * ℓ = (w/2)‖f − y‖².
 *
 * @param weight w > 0
 */
public record WeightedSquares(double weight) implements Loss {
  private static final Loss PLAIN = new MeanSquare();

  /** {@code weighted-squares:W}. */
  public static final class Provider implements LossProvider {
    @Override
    public String usage() {
      return "weighted-squares:3";
    }

    @Override
    public String description() {
      return "mse times a weight";
    }

    @Override
    public Loss loss(String specification) {
      return new WeightedSquares(Double.parseDouble(Named.argumentsOf(specification)));
    }
  }

  @Override
  public String name() {
    return "weighted-squares:" + weight;
  }

  @Override
  public void prepareTargets(double[] targets, int outputs) {
    PLAIN.prepareTargets(targets, outputs);
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
    PLAIN.evaluate(engine, output, target, valid, scale, losses, outputBar);
    engine.linearAlgebra().axpby(0, losses, weight, losses);
    if (outputBar != null) {
      engine.linearAlgebra().axpby(0, outputBar, weight, outputBar);
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
    PLAIN.evaluateTangent(engine, output, outputDot, valid, scale, outputBarDot);
    engine.linearAlgebra().axpby(0, outputBarDot, weight, outputBarDot);
  }

  @Override
  public void curvatureRoot(
      Engine engine, Tensor output, int k, int valid, Tensor scale, Tensor outputBar) {
    PLAIN.curvatureRoot(engine, output, k, valid, scale, outputBar);
    engine.linearAlgebra().axpby(0, outputBar, Math.sqrt(weight), outputBar);
  }
}
