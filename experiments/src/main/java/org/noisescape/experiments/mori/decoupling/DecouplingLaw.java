package org.noisescape.experiments.mori.decoupling;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What stands for the exact matrix A = (1/N) Σ ℓ ∇f∇fᵀ. */
enum DecouplingLaw {
  /** B = L (1/N) Σ ∇f∇fᵀ (7): what is tested. */
  DECOUPLED("decoupled", DecouplingPoint::decoupled, DecouplingPoint::decoupledTrace),
  /** (1/N) Σ ∇f∇fᵀ itself: noise that is the Hessian, whatever the loss. */
  WITHOUT_LOSS(
      "without the factor L",
      p -> Arrays.stream(p.decoupled()).map(value -> value / p.loss()).toArray(),
      p -> p.decoupledTrace() / p.loss()),
  /** The trace of B in equal parts. */
  ISOTROPIC(
      "isotropic noise of the same trace",
      p -> {
        double[] equal = new double[p.decoupled().length];
        Arrays.fill(equal, p.decoupledTrace() / equal.length);
        return equal;
      },
      DecouplingPoint::decoupledTrace);

  final String label;
  private final Function<DecouplingPoint, double[]> eigenvalues;
  private final ToDoubleFunction<DecouplingPoint> trace;

  DecouplingLaw(
      String label,
      Function<DecouplingPoint, double[]> eigenvalues,
      ToDoubleFunction<DecouplingPoint> trace) {
    this.label = label;
    this.eigenvalues = eigenvalues;
    this.trace = trace;
  }

  /** As many as B has, descending. */
  double[] eigenvalues(DecouplingPoint point) {
    return eigenvalues.apply(point);
  }

  double trace(DecouplingPoint point) {
    return trace.applyAsDouble(point);
  }

  /** A's eigenvalues beside these, over the ranks of those of B above a cut. */
  SpectrumComparison compare(DecouplingPoint point, double cut) {
    return SpectrumComparison.of(point.exact(), eigenvalues(point), point.decoupled(), cut);
  }
}
