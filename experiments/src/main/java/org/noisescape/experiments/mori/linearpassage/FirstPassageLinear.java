package org.noisescape.experiments.mori.linearpassage;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StabilityBound;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.experiments.mori.RegressionData;
import org.noisescape.experiments.mori.RegressionEnsemble;
import org.noisescape.theory.mori.LogLandscape;

/**
 * Mean time until SGD on a linear regression first raises the loss above c L*, against c in several
 * dimensions.
 *
 * <p>Source: Mori et al. (2022), section 5.3, Fig. 3b and Eq. 16. Beyond the text: censored runs,
 * several data sets, errors that know of both, a window for the slope, the exact mean first-passage
 * times of Eq. 14, and the law of Gaussian inputs at small η, which is exponential in the loss.
 */
public final class FirstPassageLinear extends PlannedExperiment<FirstPassageLinear.Plan> {
  /** Distance of the data seeds of successive runs. */
  private static final long SEEDS_A_RUN = 1000;

  private static final List<PassageLaw> RIVALS =
      List.of(PassageLaw.EXPONENTIAL, PassageLaw.EQUATION);

  /** The experiment. */
  public FirstPassageLinear() {
    super(
        "mori/first-passage-linear",
        "SGD leaves a minimum in a time that is a power of the loss it has to reach",
        "Mori, Ziyin, Liu, Ueda (2022), section 5.3, Fig. 3b, Eq. 16",
        row("d", "dimensions, with commas", "4,10", "2,4,10"),
        row("samples", "samples N of the data, drawn with the seed of the run", "10000"),
        row("lr", "learning rate", "0.1"),
        row("batch", "mini-batch size, drawn with replacement", "1"),
        row(
            "c",
            "thresholds as multiples of the minimum loss, with commas",
            "1.25,1.5,1.75,2,2.25,2.5,2.75,3,3.5,4,5,6,7,8"),
        row("data-sets", "data sets drawn; a slope's error knows how much they differ", "10", "60"),
        row("replicas", "independent runs on each data set, each from the minimum", "100"),
        row(
            "steps",
            "step limit; what has not passed by then is censored",
            "100000",
            "1000000",
            "10000000"));
  }

  /**
   * An ensemble.
   *
   * @param dimension d
   * @param dataSet number of the data set, from 0
   * @param data the data set
   */
  record Part(int dimension, int dataSet, RegressionData data) {
    String title() {
      return "d=%d, data set %d".formatted(dimension, dataSet);
    }
  }

  /**
   * What runs.
   *
   * @param parts those of each d
   * @param levels c, ascending
   * @param samples N
   * @param rate η
   * @param batch B
   * @param replicas of each part
   * @param steps step limit
   */
  record Plan(
      List<List<Part>> parts,
      double[] levels,
      int samples,
      double rate,
      int batch,
      int replicas,
      int steps) {}

  @Override
  protected Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    List<Integer> dimensions = settings.integers("d", 1);
    double[] levels = PassagePoint.levels(settings);
    int samples = settings.integer("samples", 2);
    int replicas = settings.integer("replicas", 2);
    int steps = settings.integer("steps", 1);
    int batch = settings.integer("batch", 1);
    double rate = settings.positive("lr");
    int dataSets = settings.integer("data-sets", 1);
    List<List<Part>> parts = new ArrayList<>();
    Map<String, String> digests = new LinkedHashMap<>();
    for (int dimension : dimensions) {
      List<Part> own = new ArrayList<>();
      for (int i = 0; i < dataSets; i++) {
        RegressionData data =
            RegressionData.draw(dimension, samples, SEEDS_A_RUN * request.seed() + i);
        StabilityBound.require("lr", rate, data.largest());
        Part part = new Part(dimension, i, data);
        data.digests().forEach((name, digest) -> digests.put(part.title() + "/" + name, digest));
        own.add(part);
      }
      parts.add(own);
    }
    return Planned.of(
            new Plan(parts, levels, samples, rate, batch, replicas, steps), PassageCriterion.text())
        .digests(digests)
        .ensembles(parts.stream().mapToInt(List::size).sum());
  }

  @Override
  protected Findings measure(Plan plan, ExperimentRun run) {
    List<PassageEnsemble> ensembles = new ArrayList<>();
    int count = 0;
    boolean complete = true;
    for (int d = 0; d < plan.parts().size() && complete; d++) {
      List<Part> parts = plan.parts().get(d);
      List<PassageCurve> curves = new ArrayList<>();
      for (int i = 0; i < parts.size() && complete; i++) {
        RegressionEnsemble.Result result = ensemble(plan, parts.get(i), count++, run);
        complete = result.stage().complete();
        // who has not passed is censored where the ensemble ended
        long last = complete ? plan.steps() : result.stage().state().step();
        curves.add(curve(plan, parts.get(i), result.passages(), last, run.request().seed()));
      }
      ensembles.add(PassageEnsemble.of(curves));
    }
    run.request().progress().finished();
    String description =
        "Linear regression, N = %d, η = %s, B = %d, %d replicas from the minimum on each of %d data sets, at most %d steps"
            .formatted(
                plan.samples(),
                plan.rate(),
                plan.batch(),
                plan.replicas(),
                plan.parts().getFirst().size(),
                plan.steps());
    return findings(ensembles)
        .figures(PassageFigures.of(ensembles, description))
        .complete(complete);
  }

  private static RegressionEnsemble.Result ensemble(
      Plan plan, Part part, int number, ExperimentRun run) {
    String file = "ensembles/d%d-%d.safetensors".formatted(part.dimension(), part.dataSet());
    Path kept = run.path().resolve(file);
    int replicas = plan.replicas();
    return new RegressionEnsemble(
            part.data(), plan.rate(), plan.batch(), number * replicas, replicas)
        .run(part.title(), kept, plan.levels(), EnsembleSchedule.to(plan.steps()), run.request());
  }

  private static PassageCurve curve(
      Plan plan, Part part, double[][] passages, long last, long seed) {
    LogLandscape theory = new LogLandscape(plan.rate(), plan.batch(), part.data().curvature());
    return PassageCurve.of(
        part.dimension(), part.dataSet(), theory, plan.levels(), passages, last, seed);
  }

  /** Numbers and tables of each dimension. */
  static Findings findings(List<PassageEnsemble> ensembles) {
    Measurements numbers = judged(ensembles, PassageLaw.POWER);
    int missed = 0;
    for (PassageEnsemble ensemble : ensembles) {
      int[] censored = IntStream.range(0, ensemble.thresholds()).map(ensemble::censored).toArray();
      int first = 0;
      while (first < censored.length && censored[first] == 0) {
        first++;
      }
      if (first < censored.length) {
        numbers.value(
            "censored of %d passages, d=%d, from c=%s on"
                .formatted(
                    ensemble.replicas() * censored.length,
                    ensemble.dimension(),
                    ensemble.level(first)),
            Arrays.stream(censored).sum());
      }
      missed += Arrays.stream(censored).sum();
    }
    return PassageTables.add(
        judged(ensembles, numbers).note(PassagePoint.censoredNote(missed)), ensembles);
  }

  /** The slopes held against Eq. 16 and its rivals. */
  static Findings judged(List<PassageEnsemble> ensembles, Measurements numbers) {
    return Findings.of(numbers)
        .rivals(RIVALS, rival -> rival.label, rival -> judged(ensembles, rival));
  }

  /** The slopes held against a law. */
  static Measurements judged(List<PassageEnsemble> ensembles, PassageLaw law) {
    Measurements numbers = new Measurements();
    for (PassageEnsemble ensemble : ensembles) {
      String over =
          ensemble.window().length == 0
              ? "no threshold in the window"
              : "c %s to %s".formatted(ensemble.from(), ensemble.to());
      numbers.judged(
          "slope, d=%d, %s".formatted(ensemble.dimension(), over),
          PassageCriterion.estimate(ensemble),
          PassageCriterion.of(ensemble, law));
    }
    return numbers;
  }
}
