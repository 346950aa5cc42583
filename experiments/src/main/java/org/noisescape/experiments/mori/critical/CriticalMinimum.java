package org.noisescape.experiments.mori.critical;

import java.nio.file.Path;
import org.noisescape.curvature.Curvature;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.StageResult;
import org.noisescape.experiments.mori.ReplicaCurvature;
import org.noisescape.krylov.End;
import org.noisescape.krylov.Lanczos;
import org.noisescape.krylov.LanczosOptions;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.SymmetricMatrix;
import org.noisescape.objective.GradientNoise;
import org.noisescape.objective.GradientRows;
import org.noisescape.tensor.DType;
import org.noisescape.theory.mori.LogLandscape;

/**
 * A minimum that SGD found at (η_ini, B_ini), and the critical learning rates it is said to have.
 *
 * @param learningRate η_ini
 * @param batch B_ini
 * @param seed replica of the pre-training
 * @param loss L*
 * @param gradientNormSquared ‖∇L‖²
 * @param accuracy of the training samples
 * @param largest h*, largest eigenvalue of H
 * @param residual ‖Hv − h* v‖
 * @param converged whether the residual is within the tolerance
 * @param effectiveDimension n = (tr G)²/‖G‖²_F, exact; source: Mori et al. (2022), Eq. 44
 */
record CriticalMinimum(
    double learningRate,
    int batch,
    int seed,
    double loss,
    double gradientNormSquared,
    double accuracy,
    double largest,
    double residual,
    boolean converged,
    double effectiveDimension) {

  /**
   * Measures a replica of a pre-training, or reads what was measured.
   *
   * @param training folder of the pre-training
   * @param step last step
   */
  static CriticalMinimum measure(
      Path training,
      long step,
      double learningRate,
      int batch,
      int seed,
      ExperimentRequest request) {
    String name = "minima/%s-seed-%d.json".formatted(training.getFileName(), seed);
    return StageResult.of(
        training.resolveSibling(name),
        CriticalMinimum.class,
        request,
        "minimum of eta %s, B %d, seed %d".formatted(learningRate, batch, seed),
        () -> now(training, step, learningRate, batch, seed, request));
  }

  /** In float32: both numbers are those of the largest eigenvalues. */
  private static CriticalMinimum now(
      Path training,
      long step,
      double learningRate,
      int batch,
      int seed,
      ExperimentRequest request) {
    try (ReplicaCurvature replica =
        ReplicaCurvature.open(training, step, seed, request, DType.FLOAT32)) {
      Curvature curvature = replica.curvature();
      GradientNoise noise = curvature.noise();
      LinearOperator hessian = curvature.hessian();
      double dimension;
      // tr G and ‖G‖_F are those of the Gram matrix of the rows of the Jacobian
      try (SymmetricMatrix gram = curvature.gram(GradientRows.GAUSS_NEWTON)) {
        dimension = Math.pow(gram.trace() / gram.frobeniusNorm(), 2);
      }
      LanczosOptions options = LanczosOptions.of(hessian, 1, End.LARGEST, request.seed());
      try (RitzPairs top = Lanczos.solve(hessian, options)) {
        return new CriticalMinimum(
            learningRate,
            batch,
            seed,
            noise.value().loss(),
            noise.gradientNormSquared(),
            noise.value().accuracy(),
            top.values()[0],
            top.residuals()[0],
            top.allConverged(),
            dimension);
      }
    }
  }

  /** What η_c is said to be. */
  enum Prediction {
    /** (2/(n − 2)) B/h*; source: the slides. Infinite for n ≤ 2. */
    SLIDES("2B/((n-2)h*), slides"),
    /** (2/(B + n − 2)) B/h*, ours, for a finite learning rate. */
    CORRECTED("2B/((B+n-2)h*), corrected"),
    /** 2/h*, where gradient descent loses its stability. */
    STABILITY("2/h*, stability of GD");

    final String label;

    Prediction(String label) {
      this.label = label;
    }
  }

  /**
   * A prediction for mini-batches of another size; NaN where h* is not positive or n undefined.
   *
   * @param size B of the ramp
   */
  double predicted(Prediction prediction, int size) {
    if (!(largest > 0) || !(effectiveDimension >= 1)) {
      return Double.NaN;
    }
    return switch (prediction) {
      case SLIDES -> LogLandscape.criticalLearningRate(effectiveDimension, size, largest);
      case CORRECTED ->
          LogLandscape.correctedCriticalLearningRate(effectiveDimension, size, largest);
      case STABILITY -> 2 / largest;
    };
  }
}
