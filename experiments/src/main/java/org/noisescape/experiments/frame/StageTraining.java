package org.noisescape.experiments.frame;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.noisescape.files.Fields;
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
public record StageTraining(String title, String learningRateSetting, TrainConfiguration training) {
  /**
   * Trains to the end.
   *
   * @param folder of the part
   * @param request surroundings
   * @param commandLine for the manifest
   * @throws RunFailure where the training diverged or was stopped; it can be continued then
   */
  public void run(Path folder, ExperimentRequest request, List<String> commandLine) {
    if (ended(folder, Outcome.COMPLETED)) {
      TrainingSession.requireSame(folder, training);
      return;
    }
    TrainingResult result = train(folder, request, commandLine);
    if (result.outcome() == Outcome.DIVERGED) {
      throw new RunFailure(
          "%s: the loss left the finite numbers by step %d; choose a smaller learning rate with --set %s=..."
              .formatted(title, result.step(), learningRateSetting),
          null);
    }
  }

  /**
   * Trains to the end, or to where it diverges, which is a result as well and left alone then.
   *
   * @return completed or diverged
   * @throws RunFailure where the training was stopped; it can be continued then
   */
  public Outcome attempt(Path folder, ExperimentRequest request, List<String> commandLine) {
    for (Outcome end : List.of(Outcome.COMPLETED, Outcome.DIVERGED)) {
      if (ended(folder, end)) {
        TrainingSession.requireSame(folder, training);
        return end;
      }
    }
    return train(folder, request, commandLine).outcome();
  }

  private TrainingResult train(Path folder, ExperimentRequest request, List<String> commandLine) {
    Surroundings surroundings =
        new Surroundings(
            request.data(), commandLine, named(request.progress()), line -> {}, request.stop());
    TrainingResult result =
        Files.exists(folder.resolve("manifest.json"))
            ? TrainingSession.resume(folder, given(request), surroundings)
            : TrainingSession.start(training, folder, surroundings);
    if (result.outcome() == Outcome.STOPPED) {
      throw new RunFailure(title + ": stopped at step " + result.step(), null);
    }
    return result;
  }

  /** What the part must be, and where things are: the experiment's folder may have moved. */
  private Map<String, Object> given(ExperimentRequest request) {
    Map<String, Object> given = training.given();
    given.remove("data_dir");
    given.put("threads", request.threads());
    return given;
  }

  /** A part that is done must be of the training that is asked for. */
  private void requireSame(Path folder) {
    TrainingSession.requireSame(folder, training);
  }

  private static boolean begun(Path folder) {
    return Files.exists(folder.resolve(RunDirectory.MANIFEST));
  }

  private static boolean ended(Path folder, Outcome outcome) {
    Path result = folder.resolve(RunDirectory.RESULT);
    return Files.exists(result) && Fields.read(result).text("outcome").equals(outcome.name());
  }

  /** Tells which part is trained instead of only that one is. */
  private ProgressListener named(ProgressListener progress) {
    return new ProgressListener() {
      @Override
      public void started(String task) {
        progress.started(title);
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
      public void finished() {
        progress.finished();
      }
    };
  }
}
