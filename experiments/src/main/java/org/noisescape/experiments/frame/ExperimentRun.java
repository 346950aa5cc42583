package org.noisescape.experiments.frame;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.train.TrainingEvent.Outcome;

/**
 * A run of an experiment whose folder is open.
 *
 * @param request what was asked for
 * @param path the run folder
 * @param commandLine that made the request
 */
public record ExperimentRun(ExperimentRequest request, Path path, List<String> commandLine) {
  /** Copies the list. */
  public ExperimentRun {
    commandLine = List.copyOf(commandLine);
  }

  /**
   * Measures systems one after the other, each kept in a file of its own in {@code points/}.
   *
   * @param count how many
   * @param type what is kept of each, as for {@link StageResult}
   * @param measure of the one with this index
   */
  public <T> List<T> systems(int count, Class<T> type, IntFunction<T> measure) {
    List<T> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int index = i;
      Path file = path.resolve("points").resolve(String.format(Locale.ROOT, "case-%03d.json", i));
      request.progress().started("system %d of %d".formatted(i + 1, count));
      all.add(StageResult.of(file, type, () -> measure.apply(index)));
      request.progress().finished();
    }
    return all;
  }

  /**
   * Trains a part to its end, or leaves it alone where it is done.
   *
   * @param part its folder below the run folder
   * @param title of the part, for progress and errors
   * @param learningRateSetting setting that a diverged training should lower
   * @param training what to train
   * @return the folder
   * @throws org.noisescape.runs.RunFailure where it diverged or was stopped
   */
  public Path train(
      String part, String title, String learningRateSetting, TrainConfiguration training) {
    Path folder = path.resolve(part);
    new StageTraining(title, learningRateSetting, training).run(folder, request, commandLine);
    return folder;
  }

  /**
   * The same, where a training that diverges is a result as well.
   *
   * @return completed or diverged
   * @throws org.noisescape.runs.RunFailure where it was stopped
   */
  public Outcome attempt(
      String part, String title, String learningRateSetting, TrainConfiguration training) {
    return new StageTraining(title, learningRateSetting, training)
        .attempt(path.resolve(part), request, commandLine);
  }
}
