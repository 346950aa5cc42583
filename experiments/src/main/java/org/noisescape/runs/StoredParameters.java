package org.noisescape.runs;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.noisescape.datasets.DataLocation;
import org.noisescape.files.Fields;
import org.noisescape.files.InputFile;
import org.noisescape.files.WrongFile;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.SampleSource;
import org.noisescape.train.Checkpoint;

/**
 * A checkpoint together with its network, without the data it was trained on.
 *
 * @param file the checkpoint
 * @param configuration what was trained
 * @param network its architecture
 * @param contents what it holds
 */
public record StoredParameters(
    Path file, TrainConfiguration configuration, Network network, Checkpoint.Contents contents) {
  /** Field of a sidecar: what a sample looks like. */
  static final String SAMPLE = "sample";

  private static final List<String> AXES = List.of("channels", "height", "width");
  private static final String OUTPUTS = "outputs";
  private static final int LARGEST = 1 << 20;

  /**
   * Reads a checkpoint.
   *
   * @param file the safetensors file; its sidecar lies beside it
   * @param where where the data are looked for, given the folder the run read them from, or null;
   *     only for sidecars of earlier versions, which do not say what a sample looks like
   * @throws IllegalArgumentException in one line where something is missing or wrong
   */
  public static StoredParameters open(Path file, Function<String, DataLocation> where) {
    InputFile.requireRegular(file);
    TrainConfiguration configuration = TrainedModel.stored(file);
    Network network = network(file, configuration, where);
    return new StoredParameters(file, configuration, network, Checkpoint.read(file, network));
  }

  private static Network network(
      Path file, TrainConfiguration configuration, Function<String, DataLocation> where) {
    Fields fields = Fields.of(Checkpoint.sidecarOf(file), Checkpoint.sidecar(file));
    if (!fields.has(SAMPLE)) {
      return TrainingData.load(configuration, where.apply(configuration.dataDir()))
          .network(configuration);
    }
    Fields sample = fields.object(SAMPLE);
    int[] image = AXES.stream().mapToInt(axis -> (int) sample.integer(axis, 1, LARGEST)).toArray();
    int outputs = (int) sample.integer(OUTPUTS, 1, LARGEST);
    return ModelZoo.build(configuration.model(), image, outputs);
  }

  /** What a sidecar says of the samples. */
  static Map<String, Integer> sample(SampleSource samples) {
    Map<String, Integer> sample = new LinkedHashMap<>();
    for (int i = 0; i < AXES.size(); i++) {
      sample.put(AXES.get(i), samples.imageShape()[i]);
    }
    sample.put(OUTPUTS, samples.outputs());
    return sample;
  }

  /**
   * The same with the mean of the parameters that the checkpoint keeps in their place.
   *
   * @throws WrongFile where it keeps none
   */
  public StoredParameters averaged() {
    return new StoredParameters(file, configuration, network, mean(file, configuration, contents));
  }

  /** The mean of the parameters that a checkpoint keeps, in their place. */
  static Checkpoint.Contents mean(
      Path file, TrainConfiguration configuration, Checkpoint.Contents contents) {
    return contents
        .averaged()
        .orElseThrow(
            () ->
                new WrongFile(
                    file,
                    "it keeps no mean of the parameters at step %d: ema, polyak or swa in --optimizer keeps one once it has begun; the optimizer was %s"
                        .formatted(contents.state().step(), configuration.optimizer())));
  }
}
