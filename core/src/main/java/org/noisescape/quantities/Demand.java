package org.noisescape.quantities;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.noisescape.krylov.End;
import org.noisescape.krylov.Lanczos;
import org.noisescape.krylov.LanczosOptions;
import org.noisescape.linop.SymmetricMatrix;
import org.noisescape.loss.Loss;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.Network;
import org.noisescape.tensor.DType;

/**
 * What the quantities measured together ask of shared work, so that it is done once for all, and
 * what they could not get is said before anything is computed.
 */
public final class Demand {
  private final Network network;
  private final Loss loss;
  private final int samples;
  private final DType dtype;
  private final ProbeOptions options;
  private final Map<Matrix, Integer> largest = new EnumMap<>(Matrix.class);
  private final Map<Matrix, Integer> smallest = new EnumMap<>(Matrix.class);
  private final Map<String, Double> workspaces = new HashMap<>();

  /** Demands on a network and N samples; none yet. */
  public Demand(Network network, Loss loss, int samples, DType dtype, ProbeOptions options) {
    this.network = network;
    this.loss = loss;
    this.samples = samples;
    this.dtype = dtype;
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

  /** Element type of vectors. */
  DType dtype() {
    return dtype;
  }

  ProbeOptions options() {
    return options;
  }

  /** Asks for at least k eigenpairs of one end. */
  void pairs(Matrix matrix, End end, int k) {
    requireAtMostParameters(k);
    int basis = LanczosOptions.defaultBasis(k, 1, parameters());
    if (basis > ProbeDefaults.LARGEST_BASIS) {
      if (isSmall(parameters())) {
        double vectors = (double) k * parameters();
        workspace(end + " of " + matrix, vectors * (Double.BYTES + dtype.bytes()));
        of(end).merge(matrix, k, Math::max);
        return;
      }
      throw new IllegalArgumentException(
          ("K must be at most %d, got %d, which wants a basis of %d vectors:"
                  + " raise max-products to the %d parameters, and the memory to %s, for LAPACK")
              .formatted(
                  largest(),
                  k,
                  basis,
                  parameters(),
                  ProbeOptions.gibibytes(8.0 * parameters() * parameters())));
    }
    workspace(end + " of " + matrix, Lanczos.bytes(parameters(), k, 1, basis, dtype));
    of(end).merge(matrix, k, Math::max);
  }

  /** The most eigenpairs that a basis has room for. */
  private static int largest() {
    int k = ProbeDefaults.LARGEST_BASIS / 2;
    while (k > 1
        && LanczosOptions.defaultBasis(k, 1, Integer.MAX_VALUE) > ProbeDefaults.LARGEST_BASIS) {
      k--;
    }
    return k;
  }

  /** Whether so many eigenpairs are a dense problem: all products fit, and a basis would not. */
  boolean isDense(int k) {
    return LanczosOptions.defaultBasis(k, 1, parameters()) > ProbeDefaults.LARGEST_BASIS
        && isSmall(parameters());
  }

  /** How many eigenpairs of one end are asked for. */
  int pairs(Matrix matrix, End end) {
    return of(end).getOrDefault(matrix, 0);
  }

  private Map<Matrix, Integer> of(End end) {
    return end == End.LARGEST ? largest : smallest;
  }

  /** Whether a dense matrix of dimension n is worth its cost: no more than the products allowed. */
  boolean isSmall(long n) {
    boolean small = n <= options.products() && 8.0 * n * n <= options.bytes();
    if (small) {
      workspace("dense " + n, 8.0 * n * n);
    }
    return small;
  }

  void requireAtMostParameters(int k) {
    if (k > parameters()) {
      throw new IllegalArgumentException(
          "K must be at most %d, the number of parameters, got %d".formatted(parameters(), k));
    }
  }

  /** Says that some work needs memory of its own. */
  void workspace(String work, double bytes) {
    workspaces.merge(work, bytes, Math::max);
  }

  /** Bytes that all the work takes at most, beside the curvature's own. */
  public long workspace() {
    return (long) workspaces.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Refuses a dense matrix of dimension n that does not fit. */
  void requireDense(String what, long n) {
    double bytes = 8.0 * n * n;
    if (bytes > options.bytes()) {
      throw new IllegalArgumentException(
          "%s takes %s, more than the %s of memory allowed"
              .formatted(
                  what, ProbeOptions.gibibytes(bytes), ProbeOptions.gibibytes(options.bytes())));
    }
    if (n > SymmetricMatrix.MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "%s has dimension %d, more than the %d that LAPACK takes"
              .formatted(what, n, SymmetricMatrix.MAX_DIMENSION));
    }
    workspace(what, bytes);
  }
}
