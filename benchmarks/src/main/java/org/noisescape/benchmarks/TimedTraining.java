package org.noisescape.benchmarks;

import java.util.List;
import org.noisescape.tensor.Engine;
import org.noisescape.train.Interval;
import org.noisescape.train.Probe;
import org.noisescape.train.Trainer;
import org.noisescape.train.TrainingEvent;
import org.noisescape.train.TrainingEvent.Progress;
import org.noisescape.train.TrainingSetup;

/** A training that goes on for so many steps when asked, timed by when it looks whether to stop. */
final class TimedTraining implements AutoCloseable {
  private static final long FOR_EVER = 1_000_000;

  private final Trainer trainer;
  private long step;

  TimedTraining(Engine engine, Workload workload, String optimizer, List<Probe.Scheduled> probes) {
    TrainingEvent.Listener listener =
        event -> {
          if (event instanceof Progress progress) {
            step = progress.step();
          }
        };
    trainer =
        new Trainer(
            engine,
            TrainingSetup.of(workload.plan(optimizer, FOR_EVER), workload)
                .withProbes(probes)
                .withCheckpoints(new Interval(1e12, Interval.Unit.STEPS))
                .withListener(listener));
  }

  /** Milliseconds a step, over so many steps or a few more. */
  double time(long steps) {
    long[] begin = {0, 0};
    double[] found = new double[1];
    trainer.run(
        () -> {
          long now = System.nanoTime();
          if (begin[0] == 0) {
            begin[0] = now;
            begin[1] = step;
          }
          boolean enough = step - begin[1] >= steps;
          if (enough && found[0] == 0) {
            found[0] = (now - begin[0]) * 1e-6 / (step - begin[1]);
          }
          return enough;
        });
    return found[0];
  }

  @Override
  public void close() {
    trainer.close();
  }
}
