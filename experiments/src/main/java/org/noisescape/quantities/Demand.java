package org.noisescape.quantities;

import java.util.EnumMap;
import java.util.Map;
import org.noisescape.loss.Loss;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.Network;

/**
 * What the quantities measured together ask of shared work, so that it is done once for all, and
 * what they could not get is said before anything is computed.
 */
public final class Demand {
  private final Network network;
  private final Loss loss;
  private final int samples;
  private final ProbeOptions options;
  private final Map<Matrix, Integer> top = new EnumMap<>(Matrix.class);

  /** Demands on a network and N samples; none yet. */
  public Demand(Network network, Loss loss, int samples, ProbeOptions options) {
    this.network = network;
    this.loss = loss;
    this.samples = samples;
    this.options = options;
  }

  /**
   * Takes up what a request asks for.
   *
   * @throws IllegalArgumentException in one line where it cannot be had
   */
  public Demand announce(QuantityRequest request) {
    try {
      request.quantity().measure().announce(this, request.k());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(request.text() + ": " + e.getMessage(), e);
    }
    return this;
  }

  /** P. */
  int parameters() {
    return network.parameterCount();
  }

  /** N. */
  int samples() {
    return samples;
  }

  /** Outputs of the network. */
  int outputs() {
    return network.outputSize();
  }

  /** Whether G = (1/N) Σ ∇f_μ∇f_μᵀ: mean-square loss of one output, as in Mori et al. (2022). */
  boolean isScalarRegression() {
    return outputs() == 1 && loss instanceof MeanSquare;
  }

  /** Rows of the Jacobian of all samples, N times the outputs: G has at most this rank. */
  long rows() {
    return (long) samples * outputs();
  }

  ProbeOptions options() {
    return options;
  }

  /** Asks for at least k largest eigenpairs. */
  void top(Matrix matrix, int k) {
    requireAtMostParameters(k);
    top.merge(matrix, k, Math::max);
  }

  /** How many largest eigenpairs are asked for. */
  int top(Matrix matrix) {
    return top.getOrDefault(matrix, 0);
  }

  void requireAtMostParameters(int k) {
    if (k > parameters()) {
      throw new IllegalArgumentException(
          "K must be at most %d, the number of parameters, got %d".formatted(parameters(), k));
    }
  }

  /** Refuses a dense matrix of dimension n that does not fit. */
  void requireDense(String what, long n) {
    double bytes = 8.0 * n * n;
    if (bytes > options.bytes()) {
      throw new IllegalArgumentException(
          "%s takes %s, more than the %s of --memory"
              .formatted(
                  what, ProbeOptions.gibibytes(bytes), ProbeOptions.gibibytes(options.bytes())));
    }
  }
}
