package org.noisescape.experiments.meng;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.Experiment;
import org.noisescape.experiments.ExperimentFolder;
import org.noisescape.experiments.ExperimentOutcome;
import org.noisescape.experiments.ExperimentRequest;
import org.noisescape.experiments.NamedMeasurement;
import org.noisescape.experiments.Preset;
import org.noisescape.experiments.Settings;
import org.noisescape.experiments.StageData;
import org.noisescape.experiments.Verdict;
import org.noisescape.experiments.fit.PairedDifference;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.meng.NoiseMethod.Kind;

/**
 * Large-batch SGD against SGD with state-dependent noise (PL-SGD) and with additive noise (SGLD).
 *
 * <p>The text reports the best of a grid by test accuracy, on the seed and the test set that chose
 * it. Here the variances are chosen on some seeds and the methods compared on others; the test set
 * is the same one. Source: Meng et al. (2020), section 5.3, Eqs. 13, 14 and Fig. 4.
 */
public final class PlSgd implements Experiment {
  static final String ID = "meng/pl-sgd";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "State-dependent noise improves SGD with large batches, additive noise does not";
  }

  @Override
  public String source() {
    return "Meng, Gong, Chen, Ma, Liu (2020), section 5.3, Eqs. 13, 14, Fig. 4";
  }

  @Override
  public Map<String, String> settings() {
    return PlSgdSettings.descriptions();
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    return PlSgdSettings.defaults(preset);
  }

  @Override
  public ExperimentOutcome run(ExperimentRequest request) {
    Settings settings = PlSgdSettings.of(request);
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    if (pair.test().isEmpty()) {
      throw new IllegalArgumentException(
          "--set dataset=%s: needs a test set (%s)".formatted(settings.text("dataset"), ID));
    }
    PlSgdPlan plan = PlSgdPlan.of(settings, request, pair.train().size());
    Map<String, String> digests = StageData.check("training", plan.training(), pair);
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, digests)) {
      PlSgdResult result =
          train(
              new MethodTraining(
                  plan, folder.path(), request, ExperimentFolder.commandLine(this, request)));
      List<Claim> claims = result.claims();
      PlSgdTables.write(folder.path(), result, claims);
      return folder.finish(
          PlSgdFigures.of(result, claims), outcome(request.preset(), result, claims));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static PlSgdResult train(MethodTraining training) {
    PlSgdPlan plan = training.plan();
    List<MethodRuns> selection = training.train(plan.methods(), plan.selection());
    List<NoiseMethod> chosen =
        List.of(
            NoiseMethod.SGD,
            GridChoice.best(selection, Kind.SGLD).method(),
            GridChoice.best(selection, Kind.PL_SGD).method());
    return new PlSgdResult(plan, selection, training.train(chosen, plan.comparison()));
  }

  private static ExperimentOutcome outcome(Preset preset, PlSgdResult result, List<Claim> claims) {
    List<NamedMeasurement> all = new ArrayList<>();
    for (Claim claim : claims) {
      PairedDifference d = claim.difference();
      all.add(
          new NamedMeasurement(
              claim.name(), d.mean(), d.standardError(), Double.NaN, Optional.of(claim.verdict())));
      String number = claim.name().substring(0, claim.name().indexOf(' '));
      all.add(number(number + " p after Holm, n = " + d.n(), claim.adjusted()));
    }
    NoiseMethod powerLaw = result.compared(Kind.PL_SGD).method();
    // the best of the text
    all.add(chosen("lambda1 chosen", powerLaw.stateDependent(), 0.02));
    all.add(chosen("lambda2 chosen", powerLaw.additive(), 1e-4));
    all.add(chosen("lambda3 chosen", result.compared(Kind.SGLD).method().additive(), 1e-3));
    for (MethodRuns runs : result.comparison()) {
      for (CurveQuantity quantity :
          List.of(CurveQuantity.TEST_ACCURACY, CurveQuantity.TRAIN_LOSS)) {
        SeedMean mean = runs.mean(quantity);
        String name = quantity.title().toLowerCase(Locale.ROOT);
        all.add(
            new NamedMeasurement(
                name + ", " + runs.method().label(),
                mean.mean(),
                mean.standardError(),
                Double.NaN));
      }
    }
    CurveQuantity accuracy = CurveQuantity.TEST_ACCURACY;
    all.add(
        difference(
            "test accuracy, PL-SGD - SGLD", result.compared(Kind.PL_SGD, Kind.SGLD, accuracy)));
    for (CurveQuantity gap : List.of(CurveQuantity.LOSS_GAP, CurveQuantity.ACCURACY_GAP)) {
      if (gap != result.plan().gap()) {
        all.add(
            difference(
                gap.column().replace('_', ' ') + ", PL-SGD - SGD",
                result.compared(Kind.PL_SGD, Kind.SGD, gap)));
      }
    }
    for (Kind kind : List.of(Kind.PL_SGD, Kind.SGLD)) {
      String name = "selection seeds: test accuracy, " + kind.label() + " - SGD, ";
      all.add(difference(name + "chosen variances", result.onSelection(kind, accuracy)));
      all.add(difference(name + "best of each seed", result.bestOfEachSeed(kind)));
    }
    all.add(
        number(
            "methods with a seed that diverged",
            result.selection().stream().filter(runs -> !runs.complete()).count()));
    return new ExperimentOutcome(
        ID,
        preset,
        Verdict.all(claims.stream().map(Claim::verdict).toList()),
        PlSgdCriterion.text(result.plan()),
        all);
  }

  private static NamedMeasurement difference(String name, PairedDifference d) {
    return new NamedMeasurement(name, d.mean(), d.standardError(), Double.NaN);
  }

  private static NamedMeasurement chosen(String name, double value, double text) {
    return new NamedMeasurement(name, value, Double.NaN, text);
  }

  private static NamedMeasurement number(String name, double value) {
    return new NamedMeasurement(name, value, Double.NaN, Double.NaN);
  }
}
