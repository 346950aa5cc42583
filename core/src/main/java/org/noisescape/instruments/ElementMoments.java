package org.noisescape.instruments;

import org.noisescape.objective.SampleGradientVectors;

/**
 * Mean and second moment over a mini-batch of each element of the gradient, g_n,i of parameter i,
 * and what its sources make of them.
 *
 * <p>Errors follow from the influence of each sample and cost the gradients once more.
 */
final class ElementMoments {
  /** Keeps quotients finite where an element does not vary; as in Cockpit. */
  private static final double VARIANCE_FLOOR = 1e-5;

  private static final double CURVATURE_FLOOR = 1e-7;

  private final SampleGradientVectors vectors;
  private final double[] theta;
  private final int batch;
  private final double[] mean;
  private final double[] second;

  /**
   * Goes through the gradients.
   *
   * @param theta θ (P)
   * @param batch B
   * @param also sees each g_n too
   */
  ElementMoments(
      SampleGradientVectors vectors, double[] theta, int batch, SampleGradientVectors.Sink also) {
    this.vectors = vectors;
    this.theta = theta;
    this.batch = batch;
    this.mean = new double[theta.length];
    this.second = new double[theta.length];
    vectors.gradients(
        theta,
        (n, g) -> {
          for (int i = 0; i < g.length; i++) {
            mean[i] += g[i];
            second[i] += g[i] * g[i];
          }
          also.accept(n, g);
        });
    for (int i = 0; i < theta.length; i++) {
      mean[i] /= batch;
      second[i] /= batch;
    }
  }

  /**
   * The mean over parameters of ḡ_i²/(σ_i² + 1e-5), σ_i² with 1/B: the gradient signal-to-noise
   * ratio. Source: Liu, Bai, Jiang, Chen and Wang (2020), Eq. 1; the floor as in Cockpit.
   */
  InstrumentReading meanRatio() {
    return ratio(1);
  }

  /**
   * 1 − (B/P) Σ_i ḡ_i²/(σ_i² + 1e-5), σ_i² with 1/(B − 1): above zero the mini-batch gradient is no
   * larger than its noise alone would be, which says stop. Source: Mahsereci, Balles, Lassner and
   * Hennig (2017), Eq. 7.
   */
  InstrumentReading evidence() {
    if (batch < 2) {
      return InstrumentReading.UNDEFINED;
    }
    InstrumentReading ratio = ratio(batch / (batch - 1.0));
    return new InstrumentReading(1 - batch * ratio.value(), batch * ratio.standardError());
  }

  /** With variances times a factor. */
  private InstrumentReading ratio(double factor) {
    int parameters = theta.length;
    double sum = 0;
    double[] floored = new double[parameters];
    for (int i = 0; i < parameters; i++) {
      floored[i] = factor * variance(i) + VARIANCE_FLOOR;
      sum += mean[i] * mean[i] / floored[i];
    }
    double[] influence = new double[batch];
    vectors.gradients(
        theta,
        (n, g) -> {
          double of = 0;
          for (int i = 0; i < parameters; i++) {
            double off = g[i] - mean[i];
            double weight = mean[i] / floored[i];
            of += 2 * weight * off - weight * weight * factor * (off * off - variance(i));
          }
          influence[n] = of / parameters;
        });
    return InstrumentReading.of(sum / parameters, influence);
  }

  private double variance(int i) {
    return Math.max(0, second[i] - mean[i] * mean[i]);
  }

  /**
   * Σ_i ⟨g_i²⟩/(G_ii + 1e-7), the Takeuchi criterion tr(C H⁻¹) with C = (1/B) Σ g_n g_nᵀ and H
   * reduced to their diagonals. G_ii = H_ii in networks whose outputs are piecewise linear in each
   * parameter. Source: Thomas et al. (2020), section 4; Takeuchi (1976).
   */
  InstrumentReading takeuchiDiagonal() {
    int parameters = theta.length;
    double[] curvature = new double[parameters];
    vectors.curvatureRows(
        theta,
        (n, row) -> {
          for (int i = 0; i < parameters; i++) {
            curvature[i] += row[i] * row[i];
          }
        });
    double[] weights = new double[parameters];
    double sum = 0;
    for (int i = 0; i < parameters; i++) {
      weights[i] = 1 / (curvature[i] / batch + CURVATURE_FLOOR);
      sum += second[i] * weights[i];
    }
    double[] influence = new double[batch];
    vectors.gradients(
        theta,
        (n, g) -> {
          for (int i = 0; i < parameters; i++) {
            influence[n] += g[i] * g[i] * weights[i];
          }
        });
    vectors.curvatureRows(
        theta,
        (n, row) -> {
          for (int i = 0; i < parameters; i++) {
            influence[n] -= second[i] * weights[i] * weights[i] * row[i] * row[i];
          }
        });
    return InstrumentReading.of(sum, influence);
  }

  /**
   * ⟨‖g_n‖²⟩/(tr G + 1e-7), the Takeuchi criterion with both matrices reduced to their traces.
   * Source: Thomas et al. (2020), section 4.
   *
   * @param norms ‖g_n‖² (B)
   * @param traces tr G_n (B)
   */
  static InstrumentReading takeuchiTrace(double[] norms, double[] traces) {
    double trace = BatchSpread.mean(traces) + CURVATURE_FLOOR;
    double value = BatchSpread.mean(norms) / trace;
    double[] influence = new double[norms.length];
    for (int n = 0; n < norms.length; n++) {
      influence[n] = (norms[n] - value * traces[n]) / trace;
    }
    return InstrumentReading.of(value, influence);
  }
}
