package org.noisescape.experiments.frame;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
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
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                StageResult.of(
                    path.resolve("points/case-%03d.json".formatted(i)),
                    type,
                    request,
                    "system %d of %d".formatted(i + 1, count),
                    () -> measure.apply(i)))
        .toList();
  }

  /**
   * Trains a part to its end, or leaves it alone where it is done.
   *
   * @param part its folder below the run folder
   * @param title of the part, for progress and errors
   * @param learningRateSetting setting that a diverged training should lower
   * @param training what to train
   * @return the folder
   * @throws org.noisescape.runs.RunFailure where it diverged
   * @throws org.noisescape.linop.StoppedException where it was stopped
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
   * @throws org.noisescape.linop.StoppedException where it was stopped
   */
  public Outcome attempt(
      String part, String title, String learningRateSetting, TrainConfiguration training) {
    return new StageTraining(title, learningRateSetting, training)
        .attempt(path.resolve(part), request, commandLine);
  }
}
