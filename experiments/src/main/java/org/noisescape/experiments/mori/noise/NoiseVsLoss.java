package org.noisescape.experiments.mori.noise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentFolder;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;

/**
 * SGD noise strength 𝒩 against training loss L while a network trains.
 *
 * <p>𝒩 = (1/N) Σ ‖∇ℓ_μ‖² − ‖∇L‖² ≈ 2 L · (1/N) Σ ‖∇f_μ‖² for the mean-square loss, so that 𝒩 ∝ L
 * once the last factor has settled. Source: Mori et al. (2022), Eq. 9, section 5.2 and Fig. 2;
 * appendix D and Fig. 5 for the cross-entropy.
 */
public final class NoiseVsLoss implements Experiment {
  private final NoiseVariant variant;

  private NoiseVsLoss(NoiseVariant variant) {
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
  public String id() {
    return variant.id();
  }

  @Override
  public String title() {
    return variant.title();
  }

  @Override
  public String source() {
    return variant.source();
  }

  @Override
  public Map<String, String> settings() {
    return NoiseSettings.descriptions();
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    return NoiseSettings.defaults(variant, preset);
  }

  @Override
  public ExperimentOutcome run(ExperimentRequest request) {
    Settings settings = NoiseSettings.of(variant, request);
    List<Panel> panels = new ArrayList<>();
    Map<String, String> digests = new LinkedHashMap<>();
    for (String name : settings.some("panels", Panel.NAMES)) {
      DatasetPair pair = Catalogue.load(settings.text(name + "-dataset"), request.data());
      Panel panel = Panel.of(name, variant.loss(), settings, request, pair.train().size());
      digests.putAll(panel.check(pair));
      panels.add(panel);
    }
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, digests)) {
      List<String> command = ExperimentFolder.commandLine(this, request);
      Map<Panel, List<List<NoisePoint>>> runs = new LinkedHashMap<>();
      for (Panel panel : panels) {
        runs.put(panel, PanelTraining.run(panel, folder.path(), request, command));
      }
      List<WindowFit> fits = fits(runs, request.seed());
      NoiseTables.write(folder.path(), runs, fits);
      return folder.finish(NoiseFigures.of(runs, fits), outcome(request.preset(), fits));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
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

  private ExperimentOutcome outcome(Preset preset, List<WindowFit> fits) {
    List<NamedMeasurement> measurements = new ArrayList<>();
    for (WindowFit fit : fits) {
      measurements.add(
          new NamedMeasurement(
              fit.name() + " slope",
              fit.estimate().slope(),
              fit.estimate().standardError(),
              fit.criterion().theory(),
              Optional.of(fit.verdict())));
    }
    for (WindowFit fit : fits) {
      // 𝒩/L changes over the window by (L_end/L_begin)^(slope − 1); it stays where 𝒩 ∝ L
      measurements.add(
          new NamedMeasurement(
              fit.name() + " N/L end over begin",
              fit.ratioDrift(),
              Double.NaN,
              fit.criterion().theory() == 1 ? 1 : Double.NaN));
      measurements.add(
          new NamedMeasurement(
              fit.name() + " largest |grad L|^2 / mean |g|^2",
              fit.gradientShare(),
              Double.NaN,
              Double.NaN));
    }
    Verdict verdict = Verdict.all(fits.stream().map(WindowFit::verdict).toList());
    return new ExperimentOutcome(variant.id(), preset, verdict, variant.criterion(), measurements);
  }
}
