package org.noisescape.experiments.wei.negative;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentFolder;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.experiments.wei.LossFloor;
import org.noisescape.experiments.wei.negative.NegativeCriterion.Coefficient;

/**
 * Sum of the negative eigenvalues of the Hessian against the training loss, for SGD at several
 * batch sizes and learning rates from one minimum.
 *
 * <p>Near a degenerate valley ⟨∂_j∂_k L⟩ along it is proportional to ⟨L⟩ − L*, both being
 * proportional to η/B. The Hessian is exact, that of the piecewise smooth function of a ReLU
 * network, and its eigenvalues are LAPACK's. Source: Wei and Schwab, sections 4.1 and A.3, Fig. 2a.
 */
public final class NegativeEigenvalues implements Experiment {
  static final String ID = "wei/negative-eigenvalues";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "The negative eigenvalues of the Hessian sum to a multiple of the training loss";
  }

  @Override
  public String source() {
    return "Wei, Schwab, sections 4.1 and A.3, Fig. 2a";
  }

  @Override
  public Map<String, String> settings() {
    return NegativeSettings.descriptions();
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    return NegativeSettings.defaults(preset);
  }

  @Override
  public ExperimentOutcome run(ExperimentRequest request) {
    Settings settings = NegativeSettings.of(request);
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    NoisyRuns plan = NoisyRuns.of(settings, request, pair.train().size());
    Map<String, String> digests = StageData.check(NoisyRuns.DESCENT, plan.descent(), pair);
    double floor = LossFloor.of(LossFloor.smoothing(settings), pair.train().classes());
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, digests)) {
      Path run = folder.path();
      List<String> command = ExperimentFolder.commandLine(this, request);
      List<RunSpectrum> minima = plan.descend(run, request, command);
      List<RunSpectrum> runs = plan.diffuse(run, request, command);
      List<SeedLine> lines = new ArrayList<>();
      for (RunSpectrum minimum : minima) {
        int seed = minimum.seed();
        List<RunSpectrum> own = runs.stream().filter(r -> r.seed() == seed).toList();
        lines.add(SeedLine.of(seed, own, floor));
      }
      NegativeTables.write(run, minima, runs, lines, floor);
      return folder.finish(
          NegativeFigures.of(run, plan, minima, runs, lines, floor),
          outcome(request.preset(), minima, runs, lines, floor));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static ExperimentOutcome outcome(
      Preset preset,
      List<RunSpectrum> minima,
      List<RunSpectrum> runs,
      List<SeedLine> lines,
      double floor) {
    Verdict verdict = NegativeCriterion.judge(lines);
    List<NamedMeasurement> all = new ArrayList<>();
    Coefficient intercept = NegativeCriterion.intercept(lines);
    add(all, "slope of the sum on L - L*", NegativeCriterion.slope(lines), Double.NaN);
    all.add(
        new NamedMeasurement(
            "intercept at L = L*", intercept.mean(), intercept.error(), 0, Optional.of(verdict)));
    add(all, "R^2", NegativeCriterion.rSquared(lines), 1);
    all.add(
        new NamedMeasurement(
            "largest |sum|",
            lines.stream().mapToDouble(SeedLine::largest).average().orElse(Double.NaN),
            Double.NaN,
            Double.NaN));
    add(
        all,
        "slope by the line of L on the sum",
        Coefficient.of(lines, SeedLine::reverseSlope, line -> line.slopeError() / line.rSquared()),
        Double.NaN);
    add(
        all,
        "exponent d log |sum| / d log (L - L*)",
        Coefficient.of(lines, SeedLine::exponent, l -> 0),
        1);
    add(
        all,
        "intercept read against L as it is",
        Coefficient.of(lines, line -> line.at(-floor), SeedLine::interceptError),
        Double.NaN);
    add(
        all,
        "intercept read against L - L of the descent",
        Coefficient.of(
            lines,
            line -> line.at(minima.get(line.seed()).loss().mean() - floor),
            SeedLine::interceptError),
        0);
    all.add(new NamedMeasurement("L*, entropy of the targets", floor, Double.NaN, Double.NaN));
    SeedMean descent =
        SeedMean.of(minima.stream().mapToDouble(m -> m.loss().mean() - floor).toArray());
    all.add(
        new NamedMeasurement(
            "L - L* of the descent", descent.mean(), descent.standardError(), Double.NaN));
    SeedMean share =
        SeedMean.of(
            runs.stream()
                .mapToDouble(r -> r.ofMeanHessian().sum() / r.negativeSum().mean())
                .toArray());
    all.add(
        new NamedMeasurement(
            "sum of the mean Hessian / mean sum", share.mean(), share.standardError(), Double.NaN));
    return new ExperimentOutcome(ID, preset, verdict, NegativeCriterion.text(), all);
  }

  private static void add(
      List<NamedMeasurement> all, String name, Coefficient coefficient, double theory) {
    all.add(new NamedMeasurement(name, coefficient.mean(), coefficient.error(), theory));
  }
}
