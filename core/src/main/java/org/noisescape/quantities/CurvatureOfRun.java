package org.noisescape.quantities;

import org.noisescape.curvature.Curvature;
import org.noisescape.train.ProbeSite;
import org.noisescape.train.TrainingPlan;

/**
 * The one {@link Curvature} that all probes of a run share: planned when the first of them is
 * created, taken when all memory is.
 */
final class CurvatureOfRun {
  private Curvature curvature;
  private boolean taken;

  /**
   * Plans the memory at the first call.
   *
   * @return bytes planned by this call
   */
  long plan(ProbeSite site, ProbeOptions options) {
    if (curvature != null) {
      return 0;
    }
    TrainingPlan plan = site.plan();
    curvature =
        Curvature.plan(
            site.arena().engine(),
            plan.network(),
            plan.loss(),
            site.train().source(),
            options.curvature(plan.dtype()));
    curvature.stop().when(site.stop()::requested);
    return curvature.bytes();
  }

  /** Takes the memory, once. */
  void take() {
    if (!taken) {
      curvature.take();
      taken = true;
    }
  }

  Curvature get() {
    return curvature;
  }

  /** Gives the memory back; may be called again. */
  void close() {
    if (curvature != null) {
      curvature.close();
      curvature = null;
    }
  }
}
