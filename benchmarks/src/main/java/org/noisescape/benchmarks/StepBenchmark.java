package org.noisescape.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.benchmarks.records.Spread;
import org.noisescape.train.Interval;
import org.noisescape.train.Probe;
import org.noisescape.train.Trainer;
import org.noisescape.train.TrainingEvent;
import org.noisescape.train.TrainingEvent.Measured;
import org.noisescape.train.TrainingSetup;

/**
 * Training steps beside peers.
 *
 * <p>PyTorch on the CPU: on one mini-batch. PyTorch on a GPU: eager and as a CUDA graph of the
 * whole step, with mini-batches drawn and gathered on the device as ours are. For images in both
 * memory layouts. Our time ends when the mean loss of the steps was read, and ours are drawn
 * always.
 *
 * <p>A model may have its optimizer behind a slash: {@code mlp:100,100/adam}. Without models all
 * are measured with every optimizer of the settings.
 */
final class StepBenchmark {
  private static final int WARM_UP = 3;

  private StepBenchmark() {}

  static void run(BenchSession session) {
    BenchSettings settings = session.settings();
    for (String model : settings.models()) {
      String[] parts = model.split("/", 2);
      String optimizer = parts.length == 1 ? "sgd" : parts[1];
      compare(session, Workload.of(settings, parts[0]), optimizer);
    }
    if (settings.models().isEmpty()) {
      for (String optimizer : settings.optimizers()) {
        Workload.all(settings).forEach(workload -> compare(session, workload, optimizer));
      }
    }
  }

  private static void compare(BenchSession session, Workload workload, String optimizer) {
    BenchSettings settings = session.settings();
    Contest contest =
        new Contest(
            session,
            "Training steps",
            "%s, %s, B = %d".formatted(workload.model(), optimizer, workload.batch()),
            Contest.TimeUnit.of(workload),
            workload.json(),
            workload.stepWays(optimizer, settings.onDevice()));
    Spread allocated = new Spread();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] state = {0, 0};
    TrainingEvent.Listener listener =
        event -> {
          if (event instanceof Measured measured && measured.measurements().get(0).step() > 0) {
            double step = measured.measurements().get(0).values().get("step_time_s") * 1e3;
            long bytes = threads.getCurrentThreadAllocatedBytes() - state[1];
            if (state[0]++ >= WARM_UP) {
              allocated.add((double) bytes / workload.steps());
              contest.round(step);
            }
            state[1] = threads.getCurrentThreadAllocatedBytes();
          }
        };
    Probe clock = (theta, views) -> List.of(new LinkedHashMap<>(Map.of()));
    Interval never = new Interval(1e12, Interval.Unit.STEPS);
    try (Trainer trainer =
        new Trainer(
            session.engine(),
            TrainingSetup.of(workload.plan(optimizer, settings.rounds() + WARM_UP), workload)
                .withProbes(
                    List.of(
                        new Probe.Scheduled(
                            site -> clock, new Interval(workload.steps(), Interval.Unit.STEPS))))
                .withCheckpoints(never)
                .withListener(listener))) {
      trainer.run();
    }
    contest.found(Map.of("heap bytes a step", (double) Math.round(allocated.range().median())));
    contest.end();
  }
}
