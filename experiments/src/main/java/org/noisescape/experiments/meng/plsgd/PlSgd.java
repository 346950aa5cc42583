package org.noisescape.experiments.meng.plsgd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentFolder;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.experiments.meng.plsgd.NoiseMethod.Kind;

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
          PlSgdFigures.of(result, claims), PlSgdOutcome.of(request.preset(), result, claims));
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
}
