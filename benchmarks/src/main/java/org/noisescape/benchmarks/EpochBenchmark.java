package org.noisescape.benchmarks;

import java.util.List;

/**
 * Passes over a data set, with the draw of their order and the gathering of mini-batches, end to
 * end, beside PyTorch on data in memory.
 */
final class EpochBenchmark {
  private static final int WARM_UP = 1;

  private static final List<String> MODELS = List.of("mlp:100,100", "mlp:10", "meng-cnn");

  private EpochBenchmark() {}

  static void run(BenchSession session) {
    BenchSettings settings = session.settings();
    List<String> models = settings.models().isEmpty() ? MODELS : settings.models();
    for (String model : models) {
      compare(session, Workload.of(settings, model));
    }
  }

  private static void compare(BenchSession session, Workload workload) {
    Contest contest =
        new Contest(
            session,
            "Epochs",
            "%s, sgd, B = %d, N = %d"
                .formatted(workload.model(), workload.batch(), workload.samples()),
            Contest.TimeUnit.MILLISECONDS,
            workload.json(),
            List.of(Way.of(workload.model() + "/epoch", 1)));
    int steps = workload.samples() / workload.batch();
    try (TimedTraining training = new TimedTraining(session.engine(), workload, "sgd", List.of())) {
      for (int round = 0; round < session.settings().rounds() + WARM_UP; round++) {
        double epoch = steps * training.time(steps);
        if (round >= WARM_UP) {
          contest.round(epoch);
        }
      }
    }
    contest.end();
  }
}
