package org.noisescape.instruments;

import java.util.List;
import java.util.Map;
import org.noisescape.nn.Network;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.train.ProbeSite;

/**
 * Squared norms of vectors of a step, of all parameters and of each parameter tensor, taken where
 * the vectors lie.
 */
final class StepVectorNorms {
  private final Engine engine;
  private final Network network;
  private final int replicas;
  private final Tensor squares;
  private final Tensor[] square;

  /** Reserves memory. */
  StepVectorNorms(ProbeSite site) {
    this.engine = site.arena().engine();
    this.network = site.plan().network();
    this.replicas = site.plan().replicas();
    this.square = new Tensor[network.parameters().size()];
    this.squares = site.arena().reserve(DType.FLOAT64, square.length, replicas);
    for (int t = 0; t < square.length; t++) {
      square[t] = squares.rows(t, 1).reshape(replicas);
    }
  }

  /**
   * Squared norms, a row a replica: of all, then of each tensor.
   *
   * @param vector (R, P)
   */
  double[][] of(Tensor vector) {
    Tensor[] views = network.view(vector);
    for (int t = 0; t < square.length; t++) {
      engine.reduction().dot(views[t], views[t], square[t]);
    }
    double[] flat = engine.memory().readDoubles(squares);
    double[][] norms = new double[replicas][square.length + 1];
    for (int r = 0; r < replicas; r++) {
      for (int t = 0; t < square.length; t++) {
        norms[r][t + 1] = flat[t * replicas + r];
        norms[r][0] += norms[r][t + 1];
      }
    }
    return norms;
  }

  /**
   * Writes roots of squares as {@code NAME} and {@code NAME@TENSOR}; what is no number is left out.
   *
   * @param squares of all, then of each tensor
   */
  static void put(
      Map<String, Double> columns,
      String name,
      List<ParameterSpec> tensors,
      double[] squares,
      double factor) {
    for (int t = 0; t < squares.length; t++) {
      if (!Double.isNaN(squares[t])) {
        String place = t == 0 ? "" : "@" + tensors.get(t - 1).name();
        columns.put(name + place, factor * Math.sqrt(squares[t]));
      }
    }
  }
}
