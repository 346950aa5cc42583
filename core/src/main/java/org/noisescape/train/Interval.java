package org.noisescape.train;

import org.noisescape.files.Decimal;

/**
 * Points of a run at which something is due; the first and the last step always are.
 *
 * @param every distance of the points
 * @param unit its unit
 */
public record Interval(double every, Unit unit) {
  /** Units. */
  public enum Unit {
    /** Steps. */
    STEPS,
    /** Epochs. */
    EPOCHS,
    /** Factor between successive steps. */
    LOGARITHMIC
  }

  /** Once an epoch. */
  public static final Interval EPOCH = new Interval(1, Unit.EPOCHS);

  /** Checks the distance. */
  public Interval {
    boolean logarithmic = unit == Unit.LOGARITHMIC;
    if (!(every > (logarithmic ? 1 : 0) && every < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          logarithmic
              ? "a logarithmic interval must be a factor > 1, got " + every
              : "an interval must be > 0, got " + every);
    }
  }

  /**
   * The interval of a text: {@code 100} (steps), {@code 1epoch}, {@code 0.5epoch}, {@code log1.5}.
   */
  public static Interval parse(String text) {
    try {
      if (text.startsWith("log")) {
        return new Interval(Decimal.parse(text.substring(3)), Unit.LOGARITHMIC);
      }
      if (text.endsWith("epochs") || text.endsWith("epoch")) {
        String number = text.substring(0, text.indexOf("epoch"));
        return new Interval(number.isEmpty() ? 1 : Decimal.parse(number), Unit.EPOCHS);
      }
      return new Interval(Decimal.parse(text), Unit.STEPS);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "interval '" + text + "': write for example 100 (steps), 1epoch or log1.5", e);
    }
  }

  /** As users write it; {@link #parse} gives the same interval back. */
  public String text() {
    String number = every == Math.rint(every) && every < 1e15 ? "" + (long) every : "" + every;
    return switch (unit) {
      case STEPS -> number;
      case EPOCHS -> number + "epoch";
      case LOGARITHMIC -> "log" + number;
    };
  }

  /** The first due step after a step, where epochs may have different numbers of steps. */
  long next(long step, Timeline timeline) {
    if (unit != Unit.EPOCHS || timeline.phases().size() == 1) {
      return next(step, timeline.phases().getFirst().stepsPerEpoch());
    }
    long index = Math.max(0, (long) Math.floor(timeline.epoch(step) / every) - 1);
    long due = timeline.step(index * every);
    while (due <= step) {
      due = timeline.step(++index * every);
    }
    return due;
  }

  /** The first due step after a step; points closer than a step fall together. */
  public long next(long step, int stepsPerEpoch) {
    if (unit == Unit.LOGARITHMIC) {
      long power =
          step == 0 ? 0 : Math.max(0, (long) (Math.log((double) step) / Math.log(every)) - 1);
      while (Math.pow(every, (double) power) <= step) {
        power++;
      }
      return (long) Math.ceil(Math.pow(every, (double) power));
    }
    double distance = Math.max(1, unit == Unit.STEPS ? every : every * stepsPerEpoch);
    long index = (long) Math.floor((double) step / distance);
    long due = Math.round(index * distance);
    while (due <= step) {
      due = Math.round(++index * distance);
    }
    return due;
  }
}
