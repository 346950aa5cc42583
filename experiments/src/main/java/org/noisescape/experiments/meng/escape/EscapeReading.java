package org.noisescape.experiments.meng.escape;

import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.fit.Verdict;

/**
 * What one reading of Eq. 12 and of the loss gives: SGD, Langevin's dynamics and power-law dynamics
 * at several λ₁.
 *
 * @param factor f
 * @param batch b
 * @param meaning of λ₁
 * @param stability ηH at the minimum
 * @param sgd SGD
 * @param langevin λ₁ = 0
 * @param lambdas λ₁, ascending
 * @param powerLaw at these
 */
record EscapeReading(
    double factor,
    int batch,
    Meaning meaning,
    double stability,
    EscapedShare sgd,
    EscapedShare langevin,
    List<Double> lambdas,
    List<EscapedShare> powerLaw) {
  /** What λ₁ multiplies. */
  enum Meaning {
    /** The noise is λ₁ |w − w*| ξ₁ with ξ₁ ~ N(0, I), as Eq. 12 has it. */
    DEVIATION,
    /** λ₁ is the variance of ξ₁, as in Eq. 13. */
    VARIANCE;

    /** Factor of a standard normal. */
    double deviation(double lambda) {
      return this == DEVIATION ? lambda : Math.sqrt(lambda);
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Fixed before any run: the text's "near 32" by a factor of two. */
  static final double LEAST_CROSSING = 16;

  static final double LARGEST_CROSSING = 64;
  private static final double STANDARD_ERRORS = 2;

  EscapeReading {
    lambdas = List.copyOf(lambdas);
    powerLaw = List.copyOf(powerLaw);
  }

  String name() {
    return "f = %s, b = %d, lambda_1 a %s".formatted((float) factor, batch, meaning.label());
  }

  /** Largest share of diverged replicas. */
  double diverged() {
    double most = Math.max(sgd.divergedShare(), langevin.divergedShare());
    for (EscapedShare rate : powerLaw) {
      most = Math.max(most, rate.divergedShare());
    }
    return most;
  }

  /** Whether the success rate nowhere falls with λ₁, and rises from the first to the last. */
  boolean rises() {
    for (int i = 1; i < powerLaw.size(); i++) {
      if (powerLaw.get(i - 1).escaped().above(powerLaw.get(i).escaped(), STANDARD_ERRORS)) {
        return false;
      }
    }
    return powerLaw.getLast().escaped().above(powerLaw.getFirst().escaped(), STANDARD_ERRORS);
  }

  /** Whether SGD escapes more often than Langevin's dynamics. */
  boolean sgdAboveLangevin() {
    return sgd.escaped().above(langevin.escaped(), STANDARD_ERRORS);
  }

  /** λ₁ at which the success rate is SGD's, by straight lines; NaN where it is met nowhere. */
  double crossing() {
    double wanted = sgd.escaped().value();
    double at = 0;
    double before = langevin.escaped().value();
    for (int i = 0; i < lambdas.size(); i++) {
      double after = powerLaw.get(i).escaped().value();
      if (before < wanted && wanted <= after) {
        return at + (wanted - before) / (after - before) * (lambdas.get(i) - at);
      }
      at = lambdas.get(i);
      before = after;
    }
    return Double.NaN;
  }

  boolean metNearThirty() {
    return crossing() >= LEAST_CROSSING && crossing() <= LARGEST_CROSSING;
  }

  Verdict verdict() {
    boolean agrees = stability < 2 && rises() && sgdAboveLangevin() && metNearThirty();
    return agrees ? Verdict.AGREES : Verdict.DISAGREES;
  }

  static String text() {
    return "a reading reproduces Fig. 3c if descent is stable at the minimum (eta H < 2), the success rate rises with lambda_1 (from the"
        + " first to the last by more than 2 SE, nowhere falling by more), SGD's is above"
        + " Langevin's by more than 2 SE and is met between lambda_1 = "
        + (int) LEAST_CROSSING
        + " and "
        + (int) LARGEST_CROSSING
        + " (SE by Wilson); Fig. 3d if of SGD, Langevin and the power-law dynamics none escapes from"
        + " 0.9 L more often than from L by more than 2 SE, and one less often. Overall: the literal"
        + " reading, both readings being named";
  }
}
