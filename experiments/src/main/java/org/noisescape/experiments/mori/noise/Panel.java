package org.noisescape.experiments.mori.noise;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.noisescape.datasets.Dataset;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.nn.ModelZoo;
import org.noisescape.runs.ProbeSchedule;
import org.noisescape.runs.TrainConfiguration;

/**
 * One network of the figure and how it is trained: plain SGD from Glorot initialisation on one-hot
 * targets, as in the text.
 *
 * @param name {@code mlp} or {@code cnn}, also its folder
 * @param seeds independent runs R, replicas of one program
 * @param training the same for the trainer
 */
record Panel(String name, int seeds, TrainConfiguration training) {
  /** The panels that exist, in the order of the figure. */
  static final List<String> NAMES = List.of("mlp", "cnn");

  /**
   * Reads a panel from settings named {@code mlp-epochs} and the like.
   *
   * @param samples training samples of its data set; a preset's subset takes no more than those
   */
  static Panel of(
      String name, String loss, Settings settings, ExperimentRequest request, int samples) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("dataset", settings.text(name + "-dataset"));
    Set<String> told = request.settings().keySet();
    boolean ownSubset = told.contains("subset") || told.contains(name + "-subset");
    Optional<Integer> subset =
        settings.integerOrAll(name + "-subset").filter(n -> ownSubset || n < samples);
    values.put("subset", subset.orElse(null));
    values.put("target", "one-hot");
    values.put("model", settings.text(name + "-model"));
    values.put("loss", loss);
    values.put("learning_rate", settings.positive(name + "-lr"));
    values.put("batch", settings.integer(name + "-batch", 1));
    values.put("epochs", settings.integer(name + "-epochs", 1));
    values.put("seed", request.seed());
    int seeds = settings.integer(name + "-seeds", 1);
    values.put("replicas", seeds);
    values.put("engine", request.engine());
    values.put("threads", request.threads());
    values.put("precision", request.precision().label());
    values.put("checkpoint_every", settings.text("checkpoint-every"));
    values.put(
        "probes",
        List.of(
            new ProbeSchedule("noise", settings.text(name + "-every")),
            new ProbeSchedule("noise", settings.text("early"))));
    return new Panel(name, seeds, TrainConfiguration.defaults().with(values));
  }

  /**
   * Looks whether data, model and batch go together, before anything slow begins.
   *
   * @param pair its data set
   * @return file → digest of the data
   * @throws IllegalArgumentException in one line where they do not
   */
  Map<String, String> check(DatasetPair pair) {
    Dataset train = pair.train();
    if (training.subset() != null) {
      train = train.subset(training.subset());
    }
    if (train.isRegression()) {
      throw new IllegalArgumentException(
          "--set %s-dataset=%s: the experiment needs classes".formatted(name, training.dataset()));
    }
    if (training.batch() > train.size()) {
      throw new IllegalArgumentException(
          "--set %s-batch=%d: larger than the %d training samples"
              .formatted(name, training.batch(), train.size()));
    }
    ModelZoo.build(training.model(), train.imageShape(), train.classes());
    Map<String, String> digests = new LinkedHashMap<>();
    train.digests().forEach((file, digest) -> digests.put(name + "/train/" + file, digest));
    pair.test()
        .ifPresent(
            test ->
                test.digests()
                    .forEach((file, digest) -> digests.put(name + "/test/" + file, digest)));
    return digests;
  }

  /** Letter and kind of network, as in the figure. */
  String title() {
    return name.equals("mlp") ? "(a) fully connected" : "(b) convolutional";
  }

  /** Network and data in a few words. */
  String description() {
    String samples = training.subset() == null ? "" : " (" + training.subset() + " samples)";
    return training.model() + " on " + training.dataset() + samples;
  }
}
