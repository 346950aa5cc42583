package org.noisescape.experiments.liu.stationary;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.Rival;
import org.noisescape.experiments.frame.SettingRows;
import org.noisescape.experiments.frame.SettingRows.Row;
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
  private final String value;

  /**
   * An experiment of a name.
   *
   * @param value name of the table and of its column of values
   * @param quickDraws snapshots in {@code quick}, so many that its points have errors of half a per
   *     cent or less
   * @param own settings beside the sizes
   */
  protected StationaryExperiment(
      String id, String title, String source, String value, int quickDraws, Row... own) {
    super(id, title, source, SettingRows.of(own).and(sizes(quickDraws)));
    this.value = value;
  }

  private static SettingRows sizes(int quickDraws) {
    return SettingRows.of(
        row("replicas", "independent replicas of every system", "256", "256", "1000"),
        row(
            "draws",
            "snapshots of every replica, about a correlation time apart",
            Integer.toString(quickDraws),
            "10000",
            "3000"));
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
    /** Every prediction of every case beside its mean. */
    public List<GridPoint> points() {
      List<GridPoint> points = new ArrayList<>();
      for (int i = 0; i < cases.size(); i++) {
        for (int q = 0; q < cases.get(i).predictions().size(); q++) {
          points.add(GridPoint.of(cases.get(i), q, averages.get(i)));
        }
      }
      return points;
    }

    /** Those of one panel. */
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

  /** What is judged beside the points. */
  protected List<GridNumber> judged(Result result) {
    return List.of();
  }

  /** Other laws, beside the theory before the text. */
  protected List<Rival> rivals(Result result) {
    return List.of();
  }

  /** Adds numbers that are only told. */
  protected void told(Result result, Measurements into) {}

  /** Rule for what is judged beside the points, with a space behind; empty without any. */
  protected String moreCriterion() {
    return "";
  }

  @Override
  public final boolean usesEngine() {
    return false;
  }

  @Override
  protected final Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    List<StationaryCase> cases = cases(settings, request.seed());
    Plan plan =
        new Plan(
            settings,
            request.seed(),
            settings.integer("replicas", 2),
            settings.integer("draws", 1),
            cases);
    return Planned.of(plan, GridCriterion.text(earlier()) + moreCriterion() + Criterion.terms())
        .measurements(cases.size());
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
    Measurements told = new Measurements();
    told(result, told);
    return GridFindings.of(earlier(), points, judged(result), told)
        .rivals(rivals(result))
        .table(GridFindings.table(value, points))
        .figures(figures(result));
  }
}
