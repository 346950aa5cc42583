package org.noisescape.runs;

import java.util.Locale;
import java.util.Map;
import org.noisescape.train.Timeline;
import org.noisescape.train.TrainingEvent;
import org.noisescape.train.TrainingEvent.Listener;
import org.noisescape.train.TrainingEvent.Measured;
import org.noisescape.train.TrainingEvent.Measuring;
import org.noisescape.train.TrainingEvent.MemoryPlanned;
import org.noisescape.train.TrainingEvent.Progress;

/** Tells those who watch a run how it is coming on. */
final class RunTelling implements Listener {
  private static final double MEBIBYTE = 1 << 20;

  /** One gibibyte. */
  private static final double MEBIBYTES_TO_TELL = 1024;

  private final TrainConfiguration configuration;
  private final Timeline timeline;
  private final TrainingSession.Surroundings surroundings;

  RunTelling(
      TrainConfiguration configuration,
      Timeline timeline,
      TrainingSession.Surroundings surroundings) {
    this.configuration = configuration;
    this.timeline = timeline;
    this.surroundings = surroundings;
  }

  @Override
  public void accept(TrainingEvent event) {
    if (event instanceof MemoryPlanned planned) {
      tell(planned.bytes() / MEBIBYTE, planned.heapBytes() / MEBIBYTE);
    } else if (event instanceof Progress progress) {
      progressed(progress);
    } else if (event instanceof Measuring at) {
      surroundings.progress().progressed(at.step(), at.steps(), "measuring");
    } else if (event instanceof Measured measured) {
      trained(
          measured.measurements().getFirst().step(),
          Double.NaN,
          TrainingPoint.means(measured.measurements()));
    }
  }

  private void progressed(Progress progress) {
    String note =
        String.format(
            Locale.ROOT,
            "epoch %.0f of %s, loss %.4g",
            Math.ceil(timeline.epoch(progress.step())),
            Double.toString(configuration.epochs()).replaceFirst("\\.0$", ""),
            progress.batchLoss());
    surroundings.progress().progressed(progress.step(), progress.steps(), note);
    trained(progress.step(), progress.batchLoss(), Map.of());
  }

  private void trained(long step, double batchLoss, Map<String, Double> measured) {
    double rate = configuration.learningRate() * timeline.rateFactorBefore(step);
    surroundings
        .progress()
        .trained(
            new TrainingPoint(
                step,
                timeline.steps(),
                timeline.epoch(step),
                configuration.epochs(),
                batchLoss,
                rate,
                measured));
  }

  /** Nobody should learn of gibibytes from a machine that swaps. */
  private void tell(double mebibytes, double heap) {
    surroundings
        .details()
        .accept(
            "memory: %.1f MiB planned, and %.1f MiB of Java heap for checkpoints"
                .formatted(mebibytes, heap));
    if (mebibytes + heap >= MEBIBYTES_TO_TELL) {
      surroundings.progress().told("memory: %.2f GiB planned".formatted((mebibytes + heap) / 1024));
    }
  }
}
