package org.noisescape.experiments.liu.kramers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.LandscapeProgram;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.dynamics.statistics.CensoredTimes;
import org.noisescape.dynamics.statistics.ExponentialTail;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.CsvTable;
import org.noisescape.experiments.frame.EnsembleStage;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentFolder;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.liu.kramers.CappedDoubleWell.NoiseReading;
import org.noisescape.experiments.liu.stationary.Plots;
import org.noisescape.experiments.liu.stationary.Synthetic;
import org.noisescape.runs.RunFailure;
import org.noisescape.theory.liu.KramersRate;

/**
 * Escape rate from a double well against the scale r of its loss, at one learning rate.
 *
 * <p>Escaped is what has passed the inflection beyond the barrier. The text does not give its
 * double well, S or λ. Source: Liu et al. (2021), section 6.3, Fig. 6.
 */
public final class Kramers implements Experiment {
  private static final String ID = "liu/kramers";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Escape over a barrier at large learning rates";
  }

  @Override
  public String source() {
    return "Liu, Ziyin, Ueda (2021), section 6.3, Fig. 6";
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("scales", "r in L -> rL; curvatures are 2r at the minimum, -r at the top");
    all.put("lr", "learning rate lambda");
    all.put("batch", "S in C = k/S");
    all.put("replicas", "independent replicas of every scale");
    all.put("steps", "step limit: what has not escaped is censored");
    return all;
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    Map<String, String> all = new LinkedHashMap<>();
    String smallest = preset == Preset.QUICK ? "" : "0.02,";
    all.put("scales", smallest + "0.05,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9");
    all.put("lr", "1");
    all.put("batch", "10");
    all.put("replicas", preset == Preset.QUICK ? "500" : "5000");
    all.put("steps", preset == Preset.QUICK ? "20000" : "50000");
    return all;
  }

  @Override
  public ExperimentOutcome run(ExperimentRequest request) {
    Synthetic.requireNoDataset(this, request);
    Settings settings = Settings.of(ID, defaults(request.preset()), Map.of(), request.settings());
    List<Double> scales = settings.positives("scales").stream().sorted().toList();
    double rate = settings.positive("lr");
    int batch = settings.integer("batch", 1);
    int replicas = settings.integer("replicas", 1);
    settings.integer("steps", 1);
    scales.forEach(scale -> theory(scale, batch).discrete(rate)); // checks the stability
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, Map.of())) {
      List<EscapePoint> points = new ArrayList<>();
      for (NoiseReading reading : NoiseReading.values()) {
        for (double scale : scales) {
          Path file =
              folder
                  .path()
                  .resolve("ensembles")
                  .resolve(
                      String.format(
                          Locale.ROOT,
                          "%s-%s.safetensors",
                          reading.name().toLowerCase(Locale.ROOT),
                          scale));
          ExponentialTail measured =
              measure(file, reading, scale, points.size(), settings, request);
          points.add(
              new EscapePoint(reading, scale, measured, replicas, theory(scale, batch), rate));
        }
      }
      EscapePoint flat = of(points, NoiseReading.TWO_TEMPERATURES).getFirst();
      double exact = flat.reduced(flat.exactMeanTime());
      write(folder.path(), points, exact);
      return folder.finish(
          KramersFigures.of(points, exact), outcome(request.preset(), points, exact));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static ExponentialTail measure(
      Path file,
      NoiseReading reading,
      double scale,
      int index,
      Settings settings,
      ExperimentRequest request) {
    CappedDoubleWell well = new CappedDoubleWell(scale);
    int replicas = settings.integer("replicas", 1);
    LandscapePlan plan =
        new LandscapePlan(
            well,
            reading.of(well, settings.integer("batch", 1)),
            List.of(),
            settings.positive("lr"),
            LandscapePlan.Start.at(1),
            theta -> -theta[0],
            new double[] {CappedDoubleWell.INFLECTION},
            request.seed(),
            index * replicas,
            replicas);
    String title = String.format(Locale.ROOT, "r = %s, %s", scale, reading.label());
    EnsembleStage stage =
        new EnsembleStage(title, EnsembleSchedule.to(settings.integer("steps", 1)));
    try (LandscapeProgram program = new LandscapeProgram(plan, request.threads())) {
      EnsembleStage.Result result = stage.run(file, program, request);
      request.progress().finished();
      if (!result.complete()) {
        throw new RunFailure(title + ": stopped at step " + result.state().step(), null);
      }
      return law(result.state());
    }
  }

  private static ExponentialTail law(ReplicaState state) {
    double[] times = new double[state.replicas()];
    for (int r = 0; r < times.length; r++) {
      long passage = state.passage(r, 0);
      times[r] = passage == ReplicaState.NONE ? Double.NaN : passage;
    }
    return ExponentialTail.beyond(CensoredTimes.until(times, state.step()), 0);
  }

  private static KramersRate theory(double scale, int batch) {
    CappedDoubleWell well = new CappedDoubleWell(scale);
    return new KramersRate(
        well.barrier(), well.atMinimum(), well.atTop(), CappedDoubleWell.MIDPOINT, batch);
  }

  private static void write(Path run, List<EscapePoint> points, double exact) throws IOException {
    CsvTable table =
        new CsvTable(
            "escape_rate",
            "scale",
            "learning_rate",
            "batch",
            "noise",
            "rate_over_curvature",
            "standard_error",
            "theory_discrete",
            "theory_continuous",
            "exact_continuous",
            "escapes",
            "replicas");
    for (EscapePoint p : points) {
      table.row(
          p.scale(),
          p.learningRate(),
          p.theory().batch(),
          p.reading().label(),
          p.reduced(),
          p.reducedError(),
          p.discrete(),
          p.continuous(),
          p.reading() == NoiseReading.TWO_TEMPERATURES ? exact : Double.NaN,
          p.measured().events(),
          p.replicas());
    }
    table.write(run);
  }

  static ExperimentOutcome outcome(Preset preset, List<EscapePoint> points, double exact) {
    List<NamedMeasurement> all = new ArrayList<>();
    List<EscapePoint> judged = of(points, NoiseReading.TWO_TEMPERATURES);
    EscapePoint first = judged.getFirst();
    EscapePoint last = judged.getLast();
    double growth = last.reduced() / first.reduced();
    all.add(
        new NamedMeasurement(
            "gamma/|k_b| at the largest scale / at the smallest",
            growth,
            growth
                * Math.hypot(
                    first.reducedError() / first.reduced(), last.reducedError() / last.reduced()),
            last.discrete() / first.discrete(),
            Optional.of(KramersCriterion.grows(judged))));
    all.add(
        new NamedMeasurement(
            "Eq. 52 times its constant, largest factor from the rates",
            KramersCriterion.worst(judged, EscapePoint::discrete),
            Double.NaN,
            1,
            Optional.of(KramersCriterion.follows(judged, EscapePoint::discrete))));
    all.add(
        new NamedMeasurement(
            "spread of log rates about Eq. 52 / about Eq. 51",
            KramersCriterion.spread(judged, EscapePoint::discrete)
                / KramersCriterion.spread(judged, EscapePoint::continuous),
            Double.NaN,
            Double.NaN,
            Optional.of(KramersCriterion.nearer(judged))));
    all.add(
        new NamedMeasurement(
            "gamma/|k_b| at lambda k_a = %s over exact continuous time (quadrature)"
                .formatted(Plots.number(first.scaledRate())),
            first.reduced() / exact,
            first.reducedError() / exact,
            1,
            Optional.of(KramersCriterion.limit(first, exact))));
    List<Verdict> verdicts = all.stream().flatMap(m -> m.verdict().stream()).toList();
    for (NoiseReading reading : NoiseReading.values()) {
      List<EscapePoint> own = of(points, reading);
      all.add(
          number(
              reading,
              "constant of Eq. 52",
              KramersCriterion.constant(own, EscapePoint::discrete)));
      all.add(
          number(
              reading,
              "constant of Eq. 51",
              KramersCriterion.constant(own, EscapePoint::continuous)));
      EscapePoint flat = own.getFirst();
      all.add(
          new NamedMeasurement(
              "%s: gamma/|k_b| at lambda k_a = %s over Eq. 51"
                  .formatted(reading.label(), Plots.number(flat.scaledRate())),
              flat.reduced() / flat.continuous(),
              flat.reducedError() / flat.continuous(),
              1));
    }
    return new ExperimentOutcome(ID, preset, Verdict.all(verdicts), KramersCriterion.text(), all);
  }

  private static NamedMeasurement number(NoiseReading reading, String name, double value) {
    return new NamedMeasurement(reading.label() + ": " + name, value, Double.NaN, Double.NaN);
  }

  static List<EscapePoint> of(List<EscapePoint> points, NoiseReading reading) {
    return points.stream().filter(p -> p.reading() == reading).toList();
  }
}
