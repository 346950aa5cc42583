package org.noisescape.experiments.mori;

import java.nio.file.Path;
import java.util.Arrays;
import org.noisescape.curvature.Curvature;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.StageResult;
import org.noisescape.krylov.End;
import org.noisescape.krylov.Lanczos;
import org.noisescape.krylov.LanczosOptions;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.linop.Eigenvalues;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.SymmetricMatrix;
import org.noisescape.objective.GradientNoise;
import org.noisescape.objective.GradientRows;

/**
 * Measures the spectrum of a pre-trained replica, or reads what was measured.
 *
 * @param training folder of the pre-training
 * @param request surroundings
 * @param pairs eigenvalues of the Hessian
 */
public record HessianStage(Path training, ExperimentRequest request, int pairs) {
  /** At one step of one replica. */
  public HessianPoint measure(long step, int seed) {
    return StageResult.of(
        training.resolveSibling("spectra/seed-%d.json".formatted(seed)),
        HessianPoint.class,
        request,
        "spectrum of seed " + seed,
        () -> measureNow(step, seed));
  }

  private HessianPoint measureNow(long step, int seed) {
    try (ReplicaCurvature replica = ReplicaCurvature.open(training, step, seed, request)) {
      Curvature curvature = replica.curvature();
      GradientNoise noise = curvature.noise();
      LinearOperator hessian = curvature.hessian();
      LanczosOptions options = LanczosOptions.of(hessian, pairs, End.LARGEST, request.seed());
      Eigenvalues gaussNewton;
      // the Gram matrix of N K rows has the nonzero eigenvalues of G, which would take P products
      try (SymmetricMatrix gram = curvature.gram(GradientRows.GAUSS_NEWTON)) {
        gaussNewton = request.eigensolver().values(gram);
      }
      double[] eigenvalues = ReplicaCurvature.descending(gaussNewton);
      int rank = Math.min(eigenvalues.length, curvature.dimension());
      double[] kept = Arrays.copyOf(eigenvalues, rank);
      try (RitzPairs top = Lanczos.solve(hessian, options)) {
        return new HessianPoint(
            seed,
            curvature.dimension(),
            noise.value().loss(),
            noise.gradientNormSquared(),
            noise.value().accuracy(),
            kept,
            gaussNewton.error(),
            top.values(),
            top.residuals(),
            top.allConverged(),
            top.products());
      }
    }
  }
}
