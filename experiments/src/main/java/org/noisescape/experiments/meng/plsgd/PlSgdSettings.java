package org.noisescape.experiments.meng.plsgd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.runs.ProbeSchedule;
import org.noisescape.runs.TrainConfiguration;

/** The settings of {@link PlSgd} and their values in each preset. */
final class PlSgdSettings {
  /** Readings of "generalization error". */
  static final Map<String, CurveQuantity> GAPS =
      Map.of("loss", CurveQuantity.LOSS_GAP, "accuracy", CurveQuantity.ACCURACY_GAP);

  private PlSgdSettings() {}

  /** Descriptions by key. */
  static Map<String, String> descriptions() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("dataset", "data set with a test set");
    all.put("subset", "the first so many training samples, or all");
    all.put("normalize", "none or standardize");
    all.put("model", "architecture");
    all.put("batch", "mini-batch size");
    all.put("lr", "learning rate");
    all.put("schedule", "its course");
    all.put("epochs", "passes over the training data");
    all.put("lambda1", "variances of PL-SGD's noise proportional to the weights, with commas");
    all.put("lambda2", "variances of its additive noise; the grid has all pairs");
    all.put("lambda3", "variances of SGLD's noise");
    all.put("selection-seeds", "seeds on which every method runs and the variances are chosen");
    all.put("comparison-seeds", "further seeds, on which SGD and the chosen ones are compared");
    all.put("seeds-at-once", "how many of them are trained in one program, or all");
    all.put("final-epochs", "final values are means over the measurements of the last so many");
    all.put("gap", "the generalisation error that is judged: loss or accuracy");
    all.put("margin", "test accuracy by which SGLD may be better and still counts as comparable");
    all.put("every", "distance of measurements, such as 1epoch");
    all.put("checkpoint-every", "distance of checkpoints an interrupted run continues from");
    return all;
  }

  /** Values by key, in the order of the descriptions. */
  static Map<String, String> defaults(Preset preset) {
    boolean quick = preset == Preset.QUICK;
    boolean paper = preset == Preset.PAPER;
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "dataset",
        quick ? "digits:train=500,test=2000,size=14" : paper ? "cifar-10" : "cifar-10:size=16");
    all.put("subset", quick ? "500" : paper ? "all" : "10000");
    all.put("normalize", "standardize");
    all.put("model", quick ? "mlp:50" : paper ? "resnet18" : "wei-cnn");
    all.put("batch", quick ? "125" : paper ? "2048" : "400");
    // the text's, and so are the variances below
    all.put("lr", "0.1");
    all.put("schedule", paper || quick ? "step:0.1@45" : "step:0.1@20");
    all.put("epochs", paper || quick ? "90" : "40");
    // the text names the best pair of its grid only: half and twice its standard deviations beside
    all.put("lambda1", "0.005,0.02,0.08");
    all.put("lambda2", "2.5e-5,1e-4,4e-4");
    all.put("lambda3", "5e-4,1e-3,2e-3");
    all.put("selection-seeds", quick ? "6" : "3");
    all.put("comparison-seeds", quick ? "16" : paper ? "5" : "8");
    all.put("seeds-at-once", quick ? "all" : "1");
    all.put("final-epochs", "5");
    all.put("gap", "loss");
    all.put("margin", "0.005");
    all.put("every", quick ? "3epoch" : paper ? "1epoch" : "2epoch");
    all.put("checkpoint-every", quick ? "45epoch" : paper ? "1epoch" : "10epoch");
    return all;
  }

  /** All settings of a request. */
  static Settings of(ExperimentRequest request) {
    Map<String, String> given = new LinkedHashMap<>();
    request.dataset().ifPresent(dataset -> given.put("dataset", dataset));
    given.putAll(request.settings());
    return Settings.of(PlSgd.ID, defaults(request.preset()), Map.of(), given);
  }

  /**
   * Plain SGD on cross-entropy from He initialisation, without augmentation or decay.
   *
   * @param samples training samples there are
   */
  static TrainConfiguration training(Settings settings, ExperimentRequest request, int samples) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("dataset", settings.text("dataset"));
    values.put("subset", StageData.subset(settings, request, "subset", samples).orElse(null));
    values.put("target", "one-hot");
    values.put("normalization", settings.text("normalize"));
    values.put("model", settings.text("model"));
    values.put("loss", "ce");
    values.put("initialization", "he");
    values.put("optimizer", NoiseMethod.SGD.optimizer());
    values.put("learning_rate", settings.positive("lr"));
    values.put("schedule", settings.text("schedule"));
    values.put("batch", settings.integer("batch", 1));
    values.put("epochs", settings.integer("epochs", 1));
    values.put("seed", request.seed());
    values.put("engine", request.engine());
    values.put("threads", request.threads());
    values.put("precision", request.precision().label());
    values.put("checkpoint_every", settings.text("checkpoint-every"));
    values.put("probes", List.of(new ProbeSchedule("loss", settings.text("every"))));
    return TrainConfiguration.defaults().with(values);
  }

  /** The reading of "generalization error" that is judged. */
  static CurveQuantity gap(Settings settings) {
    CurveQuantity gap = GAPS.get(settings.text("gap"));
    if (gap == null) {
      throw new IllegalArgumentException(
          "--set gap=%s: must be loss or accuracy (%s)".formatted(settings.text("gap"), PlSgd.ID));
    }
    return gap;
  }
}
