package org.noisescape.experiments.mori.decoupling;

import java.nio.file.Path;
import java.util.Arrays;
import org.noisescape.curvature.Curvature;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.StageResult;
import org.noisescape.experiments.mori.ReplicaCurvature;
import org.noisescape.linop.Eigenvalues;
import org.noisescape.linop.SymmetricMatrix;
import org.noisescape.objective.GradientNoise;
import org.noisescape.objective.GradientRows;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;

/**
 * Measures exact and decoupled matrix at one time of a training, or reads what was measured.
 *
 * @param training folder of the training
 * @param request surroundings
 * @param shuffles random deals of the losses
 */
record DecouplingStage(Path training, ExperimentRequest request, int shuffles) {
  /** At one time of one replica. */
  DecouplingPoint measure(int epoch, long step, int seed) {
    return StageResult.of(
        training.resolveSibling("spectra/epoch-%d-seed-%d.json".formatted(epoch, seed)),
        DecouplingPoint.class,
        request,
        "spectra at epoch %d, seed %d".formatted(epoch, seed),
        () -> measureNow(epoch, step, seed));
  }

  private DecouplingPoint measureNow(int epoch, long step, int seed) {
    try (ReplicaCurvature replica = ReplicaCurvature.open(training, step, seed, request)) {
      Curvature curvature = replica.curvature();
      GradientNoise noise = curvature.noise();
      try (SymmetricMatrix gram = curvature.gram(GradientRows.GAUSS_NEWTON)) {
        RandomKey key = RandomKey.of(request.seed(), Purpose.BOOTSTRAP, seed);
        return point(epoch, seed, noise, new OutputGram(gram, curvature.losses()), key);
      }
    }
  }

  /**
   * From the Gram matrix, which is scaled to that of the decoupled matrix.
   *
   * @param noise of the same θ
   * @param key of the shuffles
   */
  DecouplingPoint point(
      double epoch, int seed, GradientNoise noise, OutputGram samples, RandomKey key) {
    double loss = samples.meanLoss();
    double decoupledTrace = loss * samples.gram().trace();
    double exactTrace = samples.traceRatio() * decoupledTrace;
    double[][] losses = new double[shuffles + 1][];
    losses[0] = samples.losses();
    for (int s = 1; s <= shuffles; s++) {
      losses[s] = samples.shuffled(key, s);
    }
    double[] cosines = samples.cosines(losses);
    SeedMean shuffled = SeedMean.of(Arrays.copyOfRange(cosines, 1, cosines.length));
    double correlation = samples.correlation();
    Eigenvalues exact = weighted(samples, losses[0]);
    Eigenvalues dealt = weighted(samples, losses[1]);
    double[] root = new double[samples.samples()];
    Arrays.fill(root, Math.sqrt(loss));
    samples.gram().scale(root);
    Eigenvalues decoupled = request.eigensolver().values(samples.gram());
    return new DecouplingPoint(
        epoch,
        seed,
        loss,
        noise.noiseStrength(),
        noise.gradientNormSquared(),
        exactTrace,
        decoupledTrace,
        correlation,
        samples.participation(),
        cosines[0],
        shuffled.mean(),
        shuffled.deviation(),
        ReplicaCurvature.descending(exact),
        ReplicaCurvature.descending(decoupled),
        ReplicaCurvature.descending(dealt),
        Math.max(exact.error(), decoupled.error()));
  }

  private Eigenvalues weighted(OutputGram samples, double[] weights) {
    try (SymmetricMatrix matrix = samples.weighted(weights)) {
      return request.eigensolver().values(matrix);
    }
  }
}
