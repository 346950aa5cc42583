package org.noisescape.experiments.meng.covariance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.experiments.frame.StageTraining;
import org.noisescape.runs.ProbeSchedule;
import org.noisescape.runs.TrainConfiguration;

/**
 * One network of the figure: its descent to a minimum, and the layers that move.
 *
 * @param name {@code cnn} or {@code resnet}
 * @param training full-batch gradient descent on cross-entropy from He initialisation
 * @param scales layer → distance of neighbouring points, a parameter
 * @param judged layers of the text's figure
 * @param target loss at which a point counts as the minimum
 * @param digests file → digest of the data
 */
record CovariancePanel(
    String name,
    TrainConfiguration training,
    Map<String, Double> scales,
    List<String> judged,
    double target,
    Map<String, String> digests) {
  static final String CNN = "cnn";
  static final String RESNET = "resnet";
  static final List<String> NAMES = List.of(CNN, RESNET);

  /**
   * Reads a panel and looks whether data, model and layers go together.
   *
   * @throws IllegalArgumentException in one line where they do not
   */
  static CovariancePanel of(String name, Settings settings, ExperimentRequest request) {
    String prefix = name.equals(CNN) ? "" : name + "-";
    DatasetPair pair = Catalogue.load(settings.text(prefix + "dataset"), request.data());
    TrainConfiguration training = training(prefix, settings, request, pair.train().size());
    Map<String, String> digests = StageData.check(folder("descent", name), training, pair);
    Map<String, Double> scales = new LinkedHashMap<>();
    List<String> judged;
    if (name.equals(CNN)) {
      for (String layer : settings.some("layers", CovarianceSettings.LAYERS)) {
        scales.put(layer, settings.positive(layer + "-scale"));
      }
      judged = CovarianceSettings.LAYERS_OF_THE_TEXT;
    } else {
      for (String layer : settings.text(prefix + "layers").split("\\s*,\\s*", -1)) {
        scales.put(layer, settings.positive(prefix + "scale"));
      }
      judged = List.copyOf(scales.keySet());
    }
    List<String> layers = List.copyOf(scales.keySet());
    Minimum.requireLayers(prefix + "layers", training.model(), pair.train(), layers);
    double target = settings.positive(prefix + "target-loss");
    return new CovariancePanel(name, training, scales, judged, target, digests);
  }

  private static TrainConfiguration training(
      String prefix, Settings settings, ExperimentRequest request, int samples) {
    int subset = StageData.subset(settings, request, prefix + "subset", samples).orElse(samples);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("dataset", settings.text(prefix + "dataset"));
    values.put("subset", subset);
    values.put("target", "one-hot");
    values.put("model", settings.text(prefix + "model"));
    values.put("loss", "ce");
    values.put("initialization", "he");
    values.put("learning_rate", settings.positive(prefix + "lr"));
    values.put("batch", subset);
    values.put("epochs", settings.integer(prefix + "steps", 1));
    values.put("seed", request.seed());
    values.put("replicas", settings.integer(prefix + "seeds", 1));
    values.put("engine", request.engine());
    values.put("threads", request.threads());
    values.put("precision", request.precision().label());
    String every = Integer.toString(settings.integer(prefix + "every", 1));
    values.put("checkpoint_every", every);
    values.put("keep_checkpoints", true);
    values.put("probes", List.of(new ProbeSchedule("loss", every)));
    return TrainConfiguration.defaults().with(values);
  }

  /** Descends where an earlier sitting did not. */
  List<Minimum> minima(Path run, ExperimentRequest request, List<String> command) {
    Path stage = run.resolve(folder("descent", name));
    String rate = name.equals(CNN) ? "lr" : name + "-lr";
    new StageTraining("gradient descent of the " + name, rate, training)
        .run(stage, request, command);
    return Minimum.find(stage, training.replicas(), target);
  }

  /** The noise along every path through the minima. */
  List<PathFit> fits(
      Path run, ExperimentRequest request, List<Minimum> minima, List<Double> factors, int points) {
    List<PathFit> fits = new ArrayList<>();
    Path stage = run.resolve(folder("descent", name));
    Path kept = run.resolve(folder("paths", name));
    for (Minimum minimum : minima) {
      try (MinimumPaths paths = new MinimumPaths(stage, kept, request, minimum)) {
        for (double factor : factors) {
          scales.forEach(
              (layer, scale) -> fits.add(PathFit.of(paths.path(layer, scale, factor, points))));
        }
      }
    }
    return fits;
  }

  /** What a layer is called beside those of the other network. */
  String title(String layer) {
    return name.equals(CNN) ? layer : name + " " + layer;
  }

  private static String folder(String what, String panel) {
    return panel.equals(CNN) ? what : what + "-" + panel;
  }
}
