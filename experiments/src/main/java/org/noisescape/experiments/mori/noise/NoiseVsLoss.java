package org.noisescape.experiments.mori.noise;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.fit.SlopeFit;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.report.Metrics;

/**
 * SGD noise strength 𝒩 against training loss L while a network trains.
 *
 * <p>𝒩 = (1/N) Σ ‖∇ℓ_μ‖² − ‖∇L‖² ≈ 2 L · (1/N) Σ ‖∇f_μ‖² for the mean-square loss, so that 𝒩 ∝ L
 * once the last factor has settled. Source: Mori et al. (2022), Eq. 9, section 5.2 and Fig. 2;
 * appendix D and Fig. 5 for the cross-entropy.
 */
public final class NoiseVsLoss extends PlannedExperiment<List<Panel>> {
  private final NoiseVariant variant;

  private NoiseVsLoss(NoiseVariant variant) {
    super(variant.id(), variant.title(), variant.source(), NoiseSettings.of(variant));
    this.variant = variant;
  }

  /** Mean-square loss: Fig. 2. */
  public static NoiseVsLoss meanSquare() {
    return new NoiseVsLoss(NoiseVariant.MEAN_SQUARE);
  }

  /** Cross-entropy: Fig. 5. */
  public static NoiseVsLoss crossEntropy() {
    return new NoiseVsLoss(NoiseVariant.CROSS_ENTROPY);
  }

  @Override
  protected Planned<List<Panel>> plan(Settings settings, ExperimentRequest request) {
    List<Panel> panels = new ArrayList<>();
    Map<String, String> digests = new LinkedHashMap<>();
    for (String name : settings.some("panels", Panel.NAMES)) {
      DatasetPair pair = Catalogue.load(settings.text(name + "-dataset"), request.data());
      Panel panel = Panel.of(name, variant, settings, request, pair.train().size());
      digests.putAll(StageData.check(name, name + "-", panel.training(), pair));
      panels.add(panel);
    }
    return Planned.of(panels, variant.criterion()).digests(digests).trainings(panels.size());
  }

  @Override
  protected Findings measure(List<Panel> panels, ExperimentRun run) {
    Map<Panel, List<List<NoisePoint>>> runs = new LinkedHashMap<>();
    for (Panel panel : panels) {
      Path folder = run.train(panel.name(), panel.title(), panel.name() + "-lr", panel.training());
      runs.put(panel, Metrics.read(folder).stream().map(NoisePoint::of).toList());
    }
    List<WindowFit> fits = fits(runs, run.request().seed());
    Map<Panel, List<LocalSlope>> local = new LinkedHashMap<>();
    runs.forEach((panel, seeds) -> local.put(panel, LocalSlope.of(seeds, variant.floor())));
    return findings(runs, fits, variant.rivals())
        .table(localSlopes(local))
        .figures(NoiseFigures.of(runs, fits, variant.rivals()))
        .figures(WrongFigures.of(runs, local));
  }

  /** Every window of every panel. */
  private List<WindowFit> fits(Map<Panel, List<List<NoisePoint>>> runs, long seed) {
    List<WindowFit> fits = new ArrayList<>();
    runs.forEach(
        (panel, points) ->
            variant
                .tests()
                .forEach(
                    (rule, criterion) ->
                        fits.add(WindowFit.of(panel, rule, criterion, points, seed))));
    return fits;
  }

  /**
   * Numbers and tables.
   *
   * @param runs the points of each seed
   * @param rivals as of a {@link NoiseVariant}
   */
  static Findings findings(
      Map<Panel, List<List<NoisePoint>>> runs,
      List<WindowFit> fits,
      Map<String, Map<WindowRule, Double>> rivals) {
    Measurements numbers = judged(fits, fit -> fit.criterion().theory());
    for (WindowFit fit : fits) {
      // 𝒩/L changes over the window by (L_end/L_begin)^(slope − 1); it stays where 𝒩 ∝ L
      numbers
          .value(
              fit.name() + " N/L end over begin",
              fit.ratioDrift(),
              Double.NaN,
              fit.criterion().theory() == 1 ? 1 : Double.NaN)
          .value(fit.name() + " largest |grad L|^2 / mean |g|^2", fit.gradientShare());
    }
    wrong(runs).forEach(fit -> numbers.addApart(fit.judged()));
    Findings found =
        Findings.of(numbers)
            .rivals(
                List.copyOf(rivals.entrySet()),
                Map.Entry::getKey,
                rival -> judged(fits, fit -> rival.getValue().get(fit.rule())));
    return tables(found, runs, fits);
  }

  /** What the wrong samples carry, where they were counted. */
  private static List<WrongSampleFit> wrong(Map<Panel, List<List<NoisePoint>>> runs) {
    return runs.entrySet().stream()
        .filter(run -> WrongSampleFit.counted(run.getValue()))
        .map(run -> WrongSampleFit.of(run.getKey(), run.getValue()))
        .toList();
  }

  /** The slopes held against those of a law. */
  private static Measurements judged(List<WindowFit> fits, ToDoubleFunction<WindowFit> law) {
    Measurements numbers = new Measurements();
    fits.forEach(
        fit ->
            numbers.judged(
                fit.name() + " slope",
                fit.estimate().estimate(),
                fit.criterion().against(law.applyAsDouble(fit))));
    return numbers;
  }

  /** A window of one seed, or of all seeds together, where there is none. */
  private record Fitted(WindowFit of, Integer seed) {
    double slope() {
      return seed == null ? of.estimate().slope() : fit(SlopeFit::slope);
    }

    double error() {
      return seed == null ? of.estimate().standardError() : fit(SlopeFit::standardError);
    }

    int points() {
      return seed == null ? of.estimate().points() : of.windows().get(seed).size();
    }

    Object window(Function<List<NoisePoint>, ?> quantity) {
      return seed == null ? null : quantity.apply(of.windows().get(seed));
    }

    /** Of a seed that had enough points, else NaN. */
    double fit(ToDoubleFunction<SlopeFit> quantity) {
      SlopeFit fit = fit();
      return fit == null ? Double.NaN : quantity.applyAsDouble(fit);
    }

    SlopeFit fit() {
      return seed == null ? null : of.fits().get(seed);
    }
  }

  private record Measured(Panel panel, int seed, NoisePoint point) {}

  /** {@code tables/fits.csv} and {@code tables/noise_vs_loss.csv} of a run folder. */
  private static Findings tables(
      Findings findings, Map<Panel, List<List<NoisePoint>>> runs, List<WindowFit> windows) {
    List<Fitted> fits = new ArrayList<>();
    for (WindowFit window : windows) {
      for (int seed = 0; seed < window.windows().size(); seed++) {
        fits.add(new Fitted(window, seed));
      }
      fits.add(new Fitted(window, null));
    }
    List<Measured> points = new ArrayList<>();
    runs.forEach(
        (panel, seeds) -> {
          for (int seed = 0; seed < seeds.size(); seed++) {
            for (NoisePoint point : seeds.get(seed)) {
              points.add(new Measured(panel, seed, point));
            }
          }
        });
    return findings
        .table(
            Csv.of("fits", fits)
                .column("panel", f -> f.of().panel().name())
                .column("window", f -> f.of().rule().label)
                .column("seed", f -> f.seed() == null ? "all" : f.seed())
                .column("slope", Fitted::slope)
                .column("standard_error", Fitted::error)
                .column("theory", f -> f.of().criterion().theory())
                .column("verdict", f -> f.seed() == null ? f.of().verdict() : null)
                .column("points", Fitted::points)
                .column("decades", f -> f.window(WindowFit::decades))
                .column("loss_from", f -> f.window(w -> losses(w).max().orElse(Double.NaN)))
                .column("loss_to", f -> f.window(w -> losses(w).min().orElse(Double.NaN)))
                .column("correlation_time", f -> f.fit(SlopeFit::correlationTime))
                .column("block", f -> f.fit() == null ? null : f.fit().block()))
        .table(
            Csv.of("noise_vs_loss", points)
                .column("panel", m -> m.panel().name())
                .column("seed", Measured::seed)
                .column("epoch", m -> m.point().epoch())
                .column("step", m -> m.point().step())
                .column("train_loss", m -> m.point().loss())
                .column("train_loss_standard_error", m -> m.point().lossError())
                .column("noise_strength", m -> m.point().noise())
                .column("noise_strength_standard_error", m -> m.point().noiseError())
                .column("gradient_norm_squared", m -> m.point().gradientNormSquared())
                .column("train_accuracy", m -> m.point().trainAccuracy())
                .column("test_accuracy", m -> m.point().testAccuracy())
                .column("wrong_samples", m -> m.point().wrong().samples())
                .column("wrong_loss_share", m -> m.point().wrong().ofLoss())
                .column("wrong_gradient_share", m -> m.point().wrong().ofGradients()));
  }

  private static Csv<?> localSlopes(Map<Panel, List<LocalSlope>> slopes) {
    return Csv.parts("local_slopes", slopes.entrySet(), Map.Entry::getValue)
        .column("panel", s -> s.of().getKey().name())
        .column("loss", s -> s.part().loss())
        .column("slope", s -> s.part().slope().mean())
        .column("standard_error", s -> s.part().slope().standardError())
        .column("seeds", s -> s.part().slope().seeds());
  }

  private static DoubleStream losses(List<NoisePoint> window) {
    return window.stream().mapToDouble(NoisePoint::loss);
  }
}
