package org.noisescape.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.files.WrongFile;
import org.noisescape.runs.TrainConfiguration;

/** The options of {@code train} that stand for the fields of a configuration. */
final class TrainOptionNames {
  /** Whole numbers up to here are written without an exponent. */
  private static final double LARGEST_PLAIN = 1e9;

  private static final Map<String, String> OF_FIELD = new LinkedHashMap<>();

  static {
    OF_FIELD.put("dataset", "--dataset");
    OF_FIELD.put("subset", "--subset");
    OF_FIELD.put("target", "--target");
    OF_FIELD.put("normalization", "--normalize");
    OF_FIELD.put("loss", "--loss");
    OF_FIELD.put("validation", "--validation");
    OF_FIELD.put("augmentation", "--augment");
    OF_FIELD.put("model", "--model");
    OF_FIELD.put("initialization", "--init");
    OF_FIELD.put("start_from", "--start-from");
    OF_FIELD.put("start_match", "--match");
    OF_FIELD.put("optimizer", "--optimizer");
    OF_FIELD.put("learning_rate", "--lr");
    OF_FIELD.put("schedule", "--schedule");
    OF_FIELD.put("batch", "--batch");
    OF_FIELD.put("sampling", "--sampling");
    OF_FIELD.put("epochs", "--epochs");
    OF_FIELD.put("seed", "--seed");
    OF_FIELD.put("replicas", "--replicas");
    OF_FIELD.put("probes", "--probe");
    OF_FIELD.put("stop_when", "--stop-when");
    OF_FIELD.put("keep_best", "--keep-best");
    OF_FIELD.put("checkpoint_every", "--checkpoint-every");
    OF_FIELD.put("keep_checkpoints", "--keep-checkpoints");
    OF_FIELD.put("tensorboard", "--tensorboard");
    OF_FIELD.put("data_dir", "--data-dir");
    OF_FIELD.put("engine", "--engine");
    OF_FIELD.put("threads", "--threads");
    OF_FIELD.put("precision", "--precision");
  }

  private TrainOptionNames() {}

  /**
   * The options of a stored configuration.
   *
   * @param file that holds it
   * @throws WrongFile where it is none
   */
  static List<GivenOption> options(Path file, JsonNode stored) {
    try {
      return options(TrainConfiguration.fromJson(stored), file.toString());
    } catch (IllegalArgumentException e) {
      throw new WrongFile(file, e.getMessage(), e);
    }
  }

  /** The options that make a configuration, defaults among them. */
  static List<GivenOption> options(TrainConfiguration configuration, String source) {
    if (configuration.firstReplica() != 0) {
      throw new IllegalArgumentException(
          "it is a part of an ensemble, from replica %d on, which no option asks for"
              .formatted(configuration.firstReplica()));
    }
    List<GivenOption> options = new ArrayList<>();
    JsonNode tree = configuration.toJson();
    OF_FIELD.forEach(
        (field, option) -> {
          List<String> values = texts(tree.path(field));
          if (!values.isEmpty()) {
            options.add(new GivenOption(option, values, source));
          }
        });
    return options;
  }

  /** The option of a field, for those who write one. */
  static Map<String, String> ofField() {
    return Map.copyOf(OF_FIELD);
  }

  private static List<String> texts(JsonNode value) {
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(each -> texts.addAll(texts(each)));
    } else if (value.isObject()) {
      // a probe
      texts.add(value.path("name").asText() + ":every=" + value.path("every").asText());
    } else if (value.isFloatingPointNumber()) {
      texts.add(number(value.doubleValue()));
    } else if (!value.isNull() && !value.isMissingNode()) {
      texts.add(value.asText());
    }
    return texts;
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < LARGEST_PLAIN;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }
}
