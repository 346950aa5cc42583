package org.noisescape.optim;

import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.FilterWeight;
import org.noisescape.tensor.Tensor;

/**
 * c/(‖u_r‖ + ε) of every replica, at most a limit, found within a recorded step.
 *
 * <p>Shapes: u (R, P); factors (R, 1) float64, which may be a column of a wider tensor.
 */
final class NormFactor implements Runnable {
  private final Engine engine;
  private final Tensor u;
  private final Tensor squares;
  private final Tensor column;
  private final Tensor factors;
  private final Tensor quotient;
  private final Tensor limited;

  /**
   * Reserves memory.
   *
   * @param memory of the rule
   * @param factors receives the factors
   * @param parameter name of c
   * @param numerator c without a schedule
   * @param offset ε
   * @param limit of the factors
   */
  NormFactor(
      RuleMemory memory,
      Tensor factors,
      String parameter,
      double numerator,
      double offset,
      double limit) {
    this.engine = memory.engine();
    this.u = memory.direction();
    this.factors = factors;
    this.squares = memory.reserve(DType.FLOAT64, u.dim(0));
    this.column = squares.reshape(u.dim(0), 1);
    this.quotient =
        memory.varying(
            FilterWeight.COUNT,
            (now, into) -> {
              into[FilterWeight.DIRECT.at()] = now.of(parameter, numerator);
              into[FilterWeight.SQUARE_KEPT.at()] = 1;
              into[FilterWeight.ROOT.at()] = 1;
              into[FilterWeight.BOUND.at()] = offset;
            });
    this.limited =
        memory.varying(
            FilterWeight.COUNT,
            (now, into) -> {
              into[FilterWeight.DIRECT.at()] = 1;
              into[FilterWeight.BOUND.at()] = limit;
            });
  }

  @Override
  public void run() {
    engine.reduction().dot(u, u, squares);
    engine.memory().fill(factors, 1);
    engine.pointwise().filter(FilterMap.ROOT, quotient, factors, null, column);
    engine.pointwise().filter(FilterMap.CLAMP, limited, factors, null, null);
  }
}
