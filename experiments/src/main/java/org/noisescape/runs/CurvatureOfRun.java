package org.noisescape.runs;

import org.noisescape.curvature.Curvature;
import org.noisescape.quantities.ProbeOptions;
import org.noisescape.train.ProbeSite;
import org.noisescape.train.TrainingPlan;

/** The one {@link Curvature} that all probes of a run share. */
final class CurvatureOfRun {
  private Curvature curvature;

  /**
   * Takes the memory at the first call.
   *
   * @return bytes taken by this call
   */
  long open(ProbeSite site, ProbeOptions options) {
    if (curvature != null) {
      return 0;
    }
    TrainingPlan plan = site.plan();
    curvature =
        Curvature.over(
            site.arena().engine(),
            plan.network(),
            plan.loss(),
            site.train().source(),
            options.curvature(plan.dtype()));
    return curvature.bytes();
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
