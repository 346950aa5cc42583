package org.noisescape.instruments;

import java.util.List;
import java.util.Map;
import org.noisescape.nn.ParameterSpec;

/**
 * Norms of the vectors of a step, of all parameters and, as {@code NAME@TENSOR}, of each parameter
 * tensor.
 */
final class StepVectorNorms {
  private StepVectorNorms() {}

  /** ‖g‖ of the mini-batch gradient. */
  static void gradient(StepSample sample, Map<String, Double> columns) {
    double[] squares = squares(sample, sample.gradient());
    put(columns, "batch_gradient_norm", sample, squares, 1);
  }

  /** ‖ηu‖, and ‖ηu‖/‖θ‖ with θ behind the step; of tensors that are zero there is no ratio. */
  static void update(StepSample sample, Map<String, Double> columns) {
    double[] updates = squares(sample, sample.direction());
    put(columns, "update_norm", sample, updates, sample.learningRate());
    double[] parameters = squares(sample, sample.theta());
    double[] ratios = new double[updates.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = parameters[i] > 0 ? updates[i] / parameters[i] : Double.NaN;
    }
    put(columns, "update_ratio", sample, ratios, sample.learningRate());
  }

  /** ‖θ − θ₀‖, where θ₀ is known. */
  static void distance(StepSample sample, Map<String, Double> columns) {
    double[] start = sample.start();
    if (start.length > 0) {
      double[] way = sample.theta().clone();
      for (int i = 0; i < way.length; i++) {
        way[i] -= start[i];
      }
      put(columns, "distance_from_start", sample, squares(sample, way), 1);
    }
  }

  /** Squared norm of all, then of each tensor. */
  private static double[] squares(StepSample sample, double[] vector) {
    List<ParameterSpec> tensors = sample.tensors();
    double[] squares = new double[tensors.size() + 1];
    int i = 0;
    for (int t = 0; t < tensors.size(); t++) {
      for (int end = i + tensors.get(t).size(); i < end; i++) {
        squares[t + 1] += vector[i] * vector[i];
      }
      squares[0] += squares[t + 1];
    }
    return squares;
  }

  private static void put(
      Map<String, Double> columns,
      String name,
      StepSample sample,
      double[] squares,
      double factor) {
    for (int t = 0; t < squares.length; t++) {
      if (!Double.isNaN(squares[t])) {
        String place = t == 0 ? "" : "@" + sample.tensors().get(t - 1).name();
        columns.put(name + place, factor * Math.sqrt(squares[t]));
      }
    }
  }
}
