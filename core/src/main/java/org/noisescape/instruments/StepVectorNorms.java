package org.noisescape.instruments;

import java.util.HashMap;
import java.util.IdentityHashMap;
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
  private final String[] tensors;

  /** Of the vectors that were measured: they stay where they are. */
  private final Map<Tensor, Tensor[]> views = new IdentityHashMap<>();

  /** Of a quantity: all, then of each tensor. */
  private final Map<String, String[]> columns = new HashMap<>();

  /** Reserves memory. */
  StepVectorNorms(ProbeSite site) {
    this.engine = site.arena().engine();
    this.network = site.plan().network();
    this.replicas = site.plan().replicas();
    this.tensors = network.parameters().stream().map(ParameterSpec::name).toArray(String[]::new);
    this.square = new Tensor[tensors.length];
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
    Tensor[] parts = views.computeIfAbsent(vector, network::view);
    for (int t = 0; t < square.length; t++) {
      engine.reduction().dot(parts[t], parts[t], square[t]);
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
  void put(Map<String, Double> into, String name, double[] squares, double factor) {
    String[] names = columns.computeIfAbsent(name, this::named);
    for (int t = 0; t < squares.length; t++) {
      if (!Double.isNaN(squares[t])) {
        into.put(names[t], factor * Math.sqrt(squares[t]));
      }
    }
  }

  private String[] named(String quantity) {
    String[] names = new String[tensors.length + 1];
    names[0] = quantity;
    for (int t = 0; t < tensors.length; t++) {
      names[t + 1] = quantity + "@" + tensors[t];
    }
    return names;
  }
}
