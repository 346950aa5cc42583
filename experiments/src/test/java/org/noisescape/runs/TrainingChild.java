package org.noisescape.runs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.noisescape.datasets.DataLocation;
import org.noisescape.quantities.ProbeSchedule;

/** A process of its own that trains up to a step, says so, and then waits to be killed. */
final class TrainingChild {
  private TrainingChild() {}

  /** What parent and child train alike. */
  static TrainConfiguration configuration() {
    return TrainConfiguration.defaults()
        .with(
            Map.of(
                "dataset",
                "digits:train=210,test=30",
                "model",
                "mlp:17",
                "batch",
                10,
                "epochs",
                4,
                "learning_rate",
                0.03,
                "optimizer",
                "momentum:0.9+sgld:l3=1e-4",
                "replicas",
                2,
                "probes",
                List.of(new ProbeSchedule("noise", "10")),
                "checkpoint_every",
                "0.5epoch"));
  }

  /** Arguments: folder of the run, step to wait at. */
  public static void main(String[] arguments) {
    long waitAt = Long.parseLong(arguments[1]);
    ProgressListener progress =
        (step, steps, note) -> {
          if (step >= waitAt) {
            System.out.println("at step " + step);
            System.out.flush();
            waitForever();
          }
        };
    TrainingSession.start(
        configuration(),
        Path.of(arguments[0]),
        new TrainingSession.Surroundings(
            DataLocation.of(Optional.empty(), Map.of()),
            List.of(),
            progress,
            line -> {},
            () -> false));
  }

  private static void waitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
