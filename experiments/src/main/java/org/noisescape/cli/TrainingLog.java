package org.noisescape.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.noisescape.runs.TrainingPoint;
import org.noisescape.train.Interval;

/** The lines of a training: when one is due, and what it says. */
final class TrainingLog {
  /** Shortest time from line to line where nobody asked for more. */
  private static final double SHORTEST = 1;

  /** Whole numbers up to here are written without an exponent. */
  private static final double LARGEST_PLAIN = 1e9;

  private static final String ERROR = "_standard_error";

  private final LogEvery every;
  private final Consumer<String> lines;
  private final int columns;
  private double firstEpoch = Double.NaN;
  private TrainingPoint former;
  private double formerTime;
  private TrainingPoint pending;
  private OptionalDouble pendingLeft = OptionalDouble.empty();
  private double pendingTime;
  private double lossSum;
  private long losses;

  /**
   * Lines of one training.
   *
   * @param every when
   * @param lines takes them
   * @param columns they should have at most
   */
  TrainingLog(LogEvery every, Consumer<String> lines, int columns) {
    this.every = every;
    this.lines = lines;
    this.columns = columns;
  }

  /**
   * Takes up a point.
   *
   * @param seconds since the training began
   * @param left seconds to the end, where they are known
   */
  void take(TrainingPoint point, double seconds, OptionalDouble left) {
    if (Double.isNaN(firstEpoch)) {
      firstEpoch = point.epoch();
      formerTime = seconds;
    }
    if (pending != null && pending.step() != point.step()) {
      flush();
    }
    if (!Double.isNaN(point.batchLoss())) {
      lossSum += point.batchLoss();
      losses++;
    }
    if (pending != null && point.measured().isEmpty()) {
      return;
    }
    if (pending != null || due(point, seconds)) {
      pending = point;
      pendingTime = seconds;
      pendingLeft = left;
      if (!point.measured().isEmpty()) {
        flush();
      }
    }
  }

  /** Says what waits for a measurement that did not come. */
  void flush() {
    if (pending == null) {
      return;
    }
    lines.accept(text());
    former = pending;
    formerTime = pendingTime;
    pending = null;
    lossSum = 0;
    losses = 0;
  }

  private boolean due(TrainingPoint point, double seconds) {
    boolean measured = !point.measured().isEmpty();
    if (point.step() == 0 || point.step() == point.steps()) {
      return measured;
    }
    double from = former == null ? firstEpoch : former.epoch();
    return switch (every) {
      case LogEvery.Seconds time -> seconds - formerTime >= time.seconds();
      case LogEvery.Points points -> passed(points.interval(), point);
      case LogEvery.Epochs epochs -> {
        double stride = stride(point, seconds);
        yield Math.floor(point.epoch() / stride) > Math.floor(from / stride);
      }
    };
  }

  private boolean passed(Interval interval, TrainingPoint point) {
    if (interval.unit() == Interval.Unit.EPOCHS) {
      double from = former == null ? firstEpoch : former.epoch();
      return Math.floor(point.epoch() / interval.every()) > Math.floor(from / interval.every());
    }
    long from = former == null ? 0 : former.step();
    return interval.next(from, 1) <= point.step();
  }

  /** Epochs from line to line, 1, 2, 5, 10, …, such that a line comes a second at most. */
  private double stride(TrainingPoint point, double seconds) {
    double epochs = point.epoch() - firstEpoch;
    double wanted = epochs * SHORTEST / Math.max(seconds, 1e-9);
    double stride = 1;
    for (double decade = 1; stride < wanted; decade *= 10) {
      for (double factor : new double[] {1, 2, 5}) {
        if (stride < wanted) {
          stride = factor * decade;
        }
      }
    }
    return stride;
  }

  /** The line, without what is the least of it where it would be too long. */
  private String text() {
    String full = text(true, true);
    if (full.length() <= columns) {
      return full;
    }
    String shorter = text(true, false);
    return shorter.length() <= columns ? shorter : text(false, false);
  }

  private String text(boolean left, boolean errors) {
    Map<String, Double> found = pending.measured();
    List<String> words = new ArrayList<>();
    words.add(epoch());
    boolean loss = found.containsKey("train_loss");
    if (loss) {
      words.add("loss " + number(found, "train_loss", 4, errors));
    } else if (losses > 0) {
      words.add(String.format(Locale.ROOT, "batch loss %.4g", lossSum / losses));
    }
    String held = found.containsKey("validation_loss") ? "validation" : "test";
    String shown = held.equals("test") ? "test" : "val";
    if (found.containsKey(held + "_loss")) {
      words.add(shown + " " + number(found, held + "_loss", 4, false));
    }
    Optional.of(held + "_accuracy")
        .filter(found::containsKey)
        .or(() -> Optional.of("train_accuracy").filter(found::containsKey))
        .ifPresent(name -> words.add("acc " + number(found, name, 3, false)));
    if (found.containsKey("noise_strength")) {
      words.add("noise " + number(found, "noise_strength", 3, false));
    }
    double rate = found.getOrDefault("learning_rate", pending.learningRate());
    words.add(String.format(Locale.ROOT, "lr %s", trimmed(rate, 3)));
    words.add(
        Durations.clock(pendingTime)
            + (left && pendingLeft.isPresent() && pending.step() < pending.steps()
                ? ", " + Durations.about(pendingLeft.getAsDouble()) + " left"
                : ""));
    return String.join("  ", words);
  }

  private String epoch() {
    String epochs = trimmed(pending.epochs(), 6);
    String epoch = trimmed(Math.round(pending.epoch() * 100) / 100.0, 6);
    return "epoch %s%s/%s"
        .formatted(" ".repeat(Math.max(0, epochs.length() - epoch.length())), epoch, epochs);
  }

  private static String number(
      Map<String, Double> found, String name, int digits, boolean withError) {
    String value = String.format(Locale.ROOT, "%." + digits + "g", found.get(name));
    Double error = found.get(name + ERROR);
    return withError && error != null && Double.isFinite(error)
        ? value + String.format(Locale.ROOT, " ± %.2g", error)
        : value;
  }

  private static String trimmed(double value, int digits) {
    if (value == Math.rint(value) && Math.abs(value) < LARGEST_PLAIN) {
      return Long.toString((long) value);
    }
    String text = String.format(Locale.ROOT, "%." + digits + "g", value);
    if (text.contains("e") || !text.contains(".")) {
      return text;
    }
    return text.replaceAll("\\.?0+$", "");
  }
}
