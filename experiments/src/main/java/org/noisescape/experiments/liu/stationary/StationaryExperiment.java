package org.noisescape.experiments.liu.stationary;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Identity;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.SettingRows;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.report.Figure;

/**
 * Simulates stationary states over a grid and compares means with theory; what an experiment adds
 * is its cases and its figures.
 *
 * <p>Every case is kept in {@code points/}, so that an interrupted experiment goes on with the
 * next.
 */
public abstract class StationaryExperiment extends PlannedExperiment<StationaryExperiment.Plan> {
  private static final SettingRows SIZES =
      SettingRows.of(
          row("replicas", "independent replicas of every system", "256", "256", "1000"),
          row(
              "draws",
              "snapshots of every replica, about a correlation time apart",
              "400",
              "3000"));

  private final String value;

  /**
   * An experiment of a name.
   *
   * @param own settings beside the sizes
   * @param value name of the table and of its column of values
   */
  protected StationaryExperiment(Identity identity, SettingRows own, String value) {
    super(identity, own.and(SIZES));
    this.value = value;
  }

  /**
   * What runs.
   *
   * @param settings all settings
   * @param seed of everything random
   * @param replicas R
   * @param draws snapshots of each replica
   * @param cases the systems
   */
  public record Plan(
      Settings settings, long seed, int replicas, int draws, List<StationaryCase> cases) {}

  /** What a run measured. */
  public record Result(
      Settings settings, long seed, List<StationaryCase> cases, List<Averages> averages) {
    public List<GridPoint> points() {
      List<GridPoint> points = new ArrayList<>();
      for (int i = 0; i < cases.size(); i++) {
        for (int q = 0; q < cases.get(i).predictions().size(); q++) {
          points.add(GridPoint.of(cases.get(i), q, averages.get(i)));
        }
      }
      return points;
    }

    public List<GridPoint> points(String panel) {
      return GridPoint.of(points(), panel);
    }
  }

  /** The systems. */
  protected abstract List<StationaryCase> cases(Settings settings, long seed);

  /** The plots. */
  protected abstract List<Figure> figures(Result result);

  /** The theory before the text. */
  protected String earlier() {
    return "continuous theory";
  }

  /** Adds numbers beside the deviations from theory. */
  protected void more(Result result, Measurements into) {}

  /** Rule for these numbers, with a space in front; empty without any. */
  protected String moreCriterion() {
    return "";
  }

  @Override
  protected final Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    return Planned.of(
        new Plan(
            settings,
            request.seed(),
            settings.integer("replicas", 2),
            settings.integer("draws", 1),
            cases(settings, request.seed())));
  }

  @Override
  protected final String criterion(Plan plan, Preset preset) {
    return GridCriterion.text(earlier()) + moreCriterion();
  }

  @Override
  protected final Findings measure(Plan plan, ExperimentRun run) {
    ReplicaAverages measure = new ReplicaAverages(plan.replicas(), plan.draws(), run.request());
    List<StationaryCase> cases = plan.cases();
    List<Averages> averages =
        run.systems(cases.size(), Averages.class, i -> measure.of(cases.get(i), i));
    return findings(new Result(plan.settings(), plan.seed(), cases, averages));
  }

  /** Numbers, table and figures of a result. */
  final Findings findings(Result result) {
    List<GridPoint> points = result.points();
    Measurements numbers = GridFindings.numbers(earlier(), points);
    more(result, numbers);
    return Findings.of(numbers).table(GridFindings.table(value, points)).figures(figures(result));
  }
}
