package example.named;

import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.dynamics.landscape.NoNoise;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Ensembles;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.LandscapeExperiment;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.SettingRows;
import org.noisescape.experiments.frame.Settings;

/** {@code example/quartic-descent}: θ ← θ − ηθ³ from 1. */
public final class QuarticDescent extends LandscapeExperiment<Integer> {
  private static final double RATE = 0.5;
  private static final double ROUNDING = 1e-14;

  /** Found by ServiceLoader. */
  public QuarticDescent() {
    super(
        "example/quartic-descent",
        "Gradient descent on a quartic",
        "made up",
        SettingRows.row("steps", "number of steps", "3"));
  }

  @Override
  protected Planned<Integer> plan(Settings settings) {
    String criterion = Criterion.within(0, ROUNDING).text("theta", "the iterated map");
    return Planned.of(settings.integer("steps", 1), criterion);
  }

  @Override
  protected Findings measure(Integer steps, Ensembles ensembles) {
    LandscapePlan plan =
        LandscapePlan.of(new Quartic(), new NoNoise())
            .learningRate(RATE)
            .start(1)
            .seed(ensembles.seed())
            .build();
    ReplicaState end = ensembles.run("descent", plan, EnsembleSchedule.to(steps));
    double theory = 1;
    for (int k = 0; k < steps; k++) {
      theory -= RATE * Math.pow(theory, 3);
    }
    return Findings.of(
        new Measurements()
            .judged(
                "theta", PointEstimate.exact(end.theta()[0]), Criterion.within(theory, ROUNDING)));
  }
}
