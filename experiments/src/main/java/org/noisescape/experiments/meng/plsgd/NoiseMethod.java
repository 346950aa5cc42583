package org.noisescape.experiments.meng.plsgd;

import java.math.BigDecimal;

/**
 * SGD, or SGD with noise added to its gradient; all λ are variances.
 *
 * <p>SGLD: θ ← θ − ηg + ηξ₃. PL-SGD: θ ← θ − ηg + η|θ| ⊙ ξ₁ + ηξ₂. Source: Meng et al. (2020), Eqs.
 * 13, 14.
 *
 * @param kind which
 * @param stateDependent λ₁ of PL-SGD, else 0
 * @param additive λ₂ of PL-SGD, λ₃ of SGLD, else 0
 */
record NoiseMethod(Kind kind, double stateDependent, double additive) {
  /** The methods of the text. */
  enum Kind {
    SGD("SGD"),
    SGLD("SGLD"),
    PL_SGD("PL-SGD");

    final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  static final NoiseMethod SGD = new NoiseMethod(Kind.SGD, 0, 0);

  static NoiseMethod sgld(double lambda3) {
    return new NoiseMethod(Kind.SGLD, 0, lambda3);
  }

  static NoiseMethod powerLaw(double lambda1, double lambda2) {
    return new NoiseMethod(Kind.PL_SGD, lambda1, lambda2);
  }

  /** As the trainer takes it. */
  String optimizer() {
    return switch (kind) {
      case SGD -> "sgd";
      case SGLD -> "sgld:l3=" + additive;
      case PL_SGD -> "pl-sgd:l1=" + stateDependent + ",l2=" + additive;
    };
  }

  /** Kind and strengths, for readers. */
  String label() {
    return switch (kind) {
      case SGD -> kind.label;
      case SGLD -> kind.label + " " + plain(additive);
      case PL_SGD -> kind.label + " " + plain(stateDependent) + ", " + plain(additive);
    };
  }

  /** Name of its folder. */
  String folder() {
    return switch (kind) {
      case SGD -> "sgd";
      case SGLD -> "sgld-" + additive;
      case PL_SGD -> "pl-sgd-" + stateDependent + "-" + additive;
    };
  }

  /** Without exponent. */
  static String plain(double variance) {
    return BigDecimal.valueOf(variance).stripTrailingZeros().toPlainString();
  }
}
