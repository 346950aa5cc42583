package org.noisescape.experiments.frame;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.noisescape.files.Fields;
import org.noisescape.linop.StoppedException;
import org.noisescape.runs.ProgressListener;
import org.noisescape.runs.RunDirectory;
import org.noisescape.runs.RunFailure;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainingResult;
import org.noisescape.runs.TrainingSession;
import org.noisescape.runs.TrainingSession.Surroundings;
import org.noisescape.train.TrainingEvent.Outcome;

/**
 * The training of one part of an experiment: in a folder of its own, continued where it was
 * interrupted, left alone where it is done.
 *
 * @param title of the part, for progress and errors
 * @param learningRateSetting setting that a diverged run should lower
 * @param training what to train
 */
record StageTraining(String title, String learningRateSetting, TrainConfiguration training) {
  /**
   * Trains to the end.
   *
   * @param folder of the part
   * @param request surroundings
   * @param commandLine for the manifest
   * @throws RunFailure where the training diverged
   * @throws StoppedException where it was stopped; it can be continued then
   */
  void run(Path folder, ExperimentRequest request, List<String> commandLine) {
    if (attempt(folder, request, commandLine) == Outcome.DIVERGED) {
      throw new RunFailure(
          "%s: the loss left the finite numbers, or all bounds, by step %d; choose a smaller learning rate with --set %s=..."
              .formatted(
                  title, result(folder).integer("step", 0, Long.MAX_VALUE), learningRateSetting),
          null);
    }
  }

  /**
   * Trains to the end, or to where it diverges, which is a result as well and left alone then.
   *
   * @return completed or diverged
   * @throws StoppedException where the training was stopped; it can be continued then
   */
  Outcome attempt(Path folder, ExperimentRequest request, List<String> commandLine) {
    return PartProgress.within(
        request.progress(), PartProgress.TRAINING, () -> sit(folder, request, commandLine));
  }

  private Outcome sit(Path folder, ExperimentRequest request, List<String> commandLine) {
    if (Files.exists(folder.resolve(RunDirectory.RESULT))) {
      Outcome end = result(folder).choice("outcome", Outcome::valueOf);
      if (end != Outcome.STOPPED) {
        TrainingSession.requireSame(folder, training);
        return end;
      }
    }
    Surroundings surroundings =
        new Surroundings(
            request.data(), commandLine, named(request.progress()), line -> {}, request.stop());
    TrainingResult result =
        Files.exists(folder.resolve(RunDirectory.MANIFEST))
            ? TrainingSession.resume(folder, given(request), surroundings)
            : TrainingSession.start(training, folder, surroundings);
    if (result.outcome() == Outcome.STOPPED) {
      throw new StoppedException(title + ": stopped at step " + result.step());
    }
    return result.outcome();
  }

  /** What the part must be, and where things are: the experiment's folder may have moved. */
  private Map<String, Object> given(ExperimentRequest request) {
    Map<String, Object> given = training.given();
    given.remove("data_dir");
    given.put("threads", request.threads());
    return given;
  }

  private static Fields result(Path folder) {
    return Fields.read(folder.resolve(RunDirectory.RESULT));
  }

  /** Tells which part is trained instead of only that one is. */
  private ProgressListener named(ProgressListener progress) {
    return new ProgressListener() {
      @Override
      public void started(String task) {
        progress.started(task.equals(TrainingSession.TASK) ? title : title + ": " + task);
      }

      @Override
      public void progressed(long step, long steps, String note) {
        progress.progressed(step, steps, note);
      }

      @Override
      public void told(String line) {
        progress.told(title + ": " + line);
      }

      @Override
      public void warned(String line) {
        progress.warned(title + ": " + line);
      }

      @Override
      public void finished() {
        progress.finished();
      }
    };
  }
}
