package org.noisescape.instruments;

import java.util.Set;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.objective.LinearizedOptions;
import org.noisescape.objective.LinearizedRisk;
import org.noisescape.objective.LinearizedRisk.Retention;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.SampleGradientVectors;
import org.noisescape.objective.SampleNorms;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;
import org.noisescape.train.ObservedStep.MiniBatch;
import org.noisescape.train.ProbeSite;

/**
 * A mini-batch of one replica, taken through the network once more, for what the step itself did
 * not keep. Batch normalisation is in evaluation mode and dropout passes everything on.
 */
final class SamplePass {
  private final ProbeSite site;
  private final ResidentData data;
  private final Tensor statistics;
  private final LinearizedRisk risk;
  private final SampleNorms norms;
  private final SampleGradientVectors vectors;
  private final Tensor vector;
  private final Tensor product;

  /**
   * Reserves memory.
   *
   * @param batch B
   */
  SamplePass(ProbeSite site, int batch, Set<Need> needs) {
    Arena arena = site.arena();
    this.site = site;
    this.data = site.train().room(batch, arena);
    this.statistics =
        site.statistics() == null ? null : site.plan().network().reserveRunningStatistics(arena, 1);
    BatchStatistics evaluation =
        statistics == null ? BatchStatistics.none() : BatchStatistics.running(statistics);
    boolean coupled = statistics != null;
    this.norms =
        needs.contains(Need.CURVATURE_NORMS) || coupled && needs.contains(Need.NORMS)
            ? new SampleNorms(data, arena, evaluation).stoppedBy(site.stop())
            : null;
    boolean moves = needs.contains(Need.PRODUCTS) || coupled && needs.contains(Need.NORMS);
    this.risk =
        moves
            ? new LinearizedRisk(
                    data,
                    arena,
                    LinearizedOptions.of(1).with(Retention.KEPT).withStatistics(evaluation))
                .stoppedBy(site.stop())
            : null;
    this.vectors =
        needs.contains(Need.VECTORS)
            ? new SampleGradientVectors(data, arena, evaluation).stoppedBy(site.stop())
            : null;
    int parameters = site.plan().network().parameterCount();
    this.vector = moves ? arena.reserve(data.dtype(), 1, parameters) : null;
    this.product = moves ? arena.reserve(data.dtype(), 1, parameters) : null;
  }

  /** Takes the mini-batch of a replica. */
  void take(MiniBatch batch, int replica) {
    data.take(batch.features().rows(replica, 1), batch.targets().rows(replica, 1));
    if (statistics != null) {
      site.arena().engine().memory().write(statistics, site.statistics(replica));
    }
  }

  /** Loss, gradient and state at a θ. */
  void moveTo(double[] theta) {
    risk.moveTo(theta);
  }

  /** ℓ_n (B). */
  double[] losses() {
    return risk.losses();
  }

  /** ‖ḡ‖². */
  double gradientNormSquared() {
    double sum = 0;
    for (double element : gradient()) {
      sum += element * element;
    }
    return sum;
  }

  private double[] gradient() {
    return site.arena().engine().memory().readDoubles(risk.gradient());
  }

  /** g_n·ḡ (B). */
  double[] products() {
    return risk.sampleProjections(risk.gradient())[0];
  }

  /** g_n·Sḡ (B). */
  double[] noiseProducts() {
    risk.covarianceProducts(risk.gradient(), product);
    return risk.sampleProjections(product)[0];
  }

  /** g_n·v (B). */
  double[] slopes(double[] along) {
    site.arena().engine().memory().write(vector, along);
    return risk.sampleProjections(vector)[0];
  }

  /** Norms of per-sample gradients. */
  SampleNorms norms() {
    return norms;
  }

  /** Per-sample gradients. */
  SampleGradientVectors vectors() {
    return vectors;
  }
}
