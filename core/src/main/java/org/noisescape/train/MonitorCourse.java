package org.noisescape.train;

import java.util.Optional;

/** The course of one watched quantity: its best value so far, and whether its rule applied. */
final class MonitorCourse {
  private static final int NUMBERS = 6;

  private final Monitor monitor;
  private final Optional<StopRule> rule;
  private long measurements;
  private double best = Double.NaN;
  private long bestStep;
  private long waited;
  private long metStep = -1;
  private double metValue = Double.NaN;

  MonitorCourse(Monitor monitor) {
    this.monitor = monitor;
    this.rule = Optional.empty();
  }

  MonitorCourse(StopRule rule) {
    this.monitor = rule.monitor();
    this.rule = Optional.of(rule);
  }

  /** Takes a value; returns whether it is the best so far. */
  boolean take(long step, double value) {
    double delta = rule.map(StopRule::delta).orElse(0.0);
    boolean better =
        measurements == 0
            || monitor
                .aim()
                .better(value, best + (monitor.aim() == Monitor.Aim.MIN ? -delta : delta));
    measurements++;
    if (better) {
      best = value;
      bestStep = step;
      waited = 0;
    } else {
      waited++;
    }
    boolean applies =
        rule.isPresent()
            && (rule.get().isTarget()
                ? rule.get().reached(value)
                : waited >= rule.get().patience());
    if (applies && metStep < 0) {
      metStep = step;
      metValue = value;
    }
    return better;
  }

  String metric() {
    return monitor.metric();
  }

  Standing standing() {
    return new Standing(monitor, rule, measurements, best, bestStep, waited, metStep, metValue);
  }

  /** Exact in float64; numbers that are not there yet are 0. */
  double[] state() {
    return new double[] {
      measurements,
      measurements == 0 ? 0 : best,
      bestStep,
      waited,
      metStep,
      metStep < 0 ? 0 : metValue
    };
  }

  /**
   * Puts it as it was.
   *
   * @param done steps done then
   * @throws IllegalArgumentException where no run can have come to it
   */
  void restore(double[] state, long done) {
    boolean fine = state.length == NUMBERS;
    for (int i = 0; fine && i < NUMBERS; i++) {
      boolean counts = i != 1 && i != NUMBERS - 1;
      fine =
          Double.isFinite(state[i])
              && (!counts || (state[i] == Math.rint(state[i]) && state[i] >= (i == 4 ? -1 : 0)));
    }
    if (!fine
        || state[2] > done
        || state[3] >= Math.max(1, state[0])
        || state[4] > done
        || (state[0] == 0 && (state[2] > 0 || state[4] >= 0))) {
      throw new IllegalArgumentException(
          "what it keeps of %s after %d steps is nothing that a run can have come to"
              .formatted(monitor.metric(), done));
    }
    measurements = (long) state[0];
    best = measurements == 0 ? Double.NaN : state[1];
    bestStep = (long) state[2];
    waited = (long) state[3];
    metStep = (long) state[4];
    metValue = metStep < 0 ? Double.NaN : state[5];
  }
}
