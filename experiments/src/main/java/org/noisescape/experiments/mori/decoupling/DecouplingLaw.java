package org.noisescape.experiments.mori.decoupling;

import java.util.Arrays;

/** What stands for the exact matrix A = (1/N) Σ ℓ ∇f∇fᵀ. */
enum DecouplingLaw {
  /** B = L (1/N) Σ ∇f∇fᵀ (7): what is tested. */
  DECOUPLED("decoupled") {
    @Override
    double[] eigenvalues(DecouplingPoint point) {
      return point.decoupled();
    }

    @Override
    double trace(DecouplingPoint point) {
      return point.decoupledTrace();
    }
  },
  /** (1/N) Σ ∇f∇fᵀ itself: noise that is the Hessian, whatever the loss. */
  WITHOUT_LOSS("without the factor L") {
    @Override
    double[] eigenvalues(DecouplingPoint point) {
      return Arrays.stream(point.decoupled()).map(value -> value / point.loss()).toArray();
    }

    @Override
    double trace(DecouplingPoint point) {
      return point.decoupledTrace() / point.loss();
    }
  },
  /** The trace of B in equal parts. */
  ISOTROPIC("isotropic noise of the same trace") {
    @Override
    double[] eigenvalues(DecouplingPoint point) {
      double[] equal = new double[point.decoupled().length];
      Arrays.fill(equal, point.decoupledTrace() / equal.length);
      return equal;
    }

    @Override
    double trace(DecouplingPoint point) {
      return point.decoupledTrace();
    }
  };

  private final String label;

  DecouplingLaw(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** As many as B has, descending. */
  abstract double[] eigenvalues(DecouplingPoint point);

  abstract double trace(DecouplingPoint point);

  /** A's eigenvalues beside these, over the ranks of those of B above a cut. */
  SpectrumComparison compare(DecouplingPoint point, double cut) {
    return SpectrumComparison.of(point.exact(), eigenvalues(point), point.decoupled(), cut);
  }
}
