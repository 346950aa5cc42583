package org.noisescape.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Values from points of a run on: one after the other, or on straight lines between them. PyTorch's
 * {@code MultiStepLR} where every value is the one before times a factor.
 *
 * @param name as users write it
 * @param values factors
 * @param at where they begin, ascending
 * @param lines whether they are joined by lines
 * @param head what the text begins with, before the points
 */
record StepSchedule(
    String name, List<Double> values, List<RunLength> at, boolean lines, String head)
    implements Schedule {
  StepSchedule {
    values = List.copyOf(values);
    at = List.copyOf(at);
    if (at.stream().map(RunLength::inSteps).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "%s schedule: write all points in epochs, or all in steps, got %s"
              .formatted(name, at.stream().map(RunLength::text).toList()));
    }
    for (int i = 1; i < at.size(); i++) {
      if (at.get(i).amount() <= at.get(i - 1).amount()) {
        throw new IllegalArgumentException(
            "%s schedule: epochs must be >= 0 and ascending, none twice, got %s"
                .formatted(name, at.stream().map(RunLength::text).toList()));
      }
    }
  }

  /** A factor at each of some points; 1 before the first. */
  static StepSchedule ofFactor(double gamma, RunLength... milestones) {
    if (!(gamma > 0 && gamma < Double.POSITIVE_INFINITY) || milestones.length == 0) {
      throw new IllegalArgumentException(
          "step schedule: factor must be > 0 and an epoch given, got factor " + gamma);
    }
    List<Double> values = new ArrayList<>();
    for (int i = 1; i <= milestones.length; i++) {
      values.add(Math.pow(gamma, i));
    }
    return new StepSchedule("step", values, List.of(milestones), false, "step:" + gamma + "@");
  }

  /** Values at some points; before the first point the first value. */
  static StepSchedule ofValues(String name, List<Double> values, List<RunLength> at) {
    for (double value : values) {
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "%s schedule: values must be numbers >= 0, got %s".formatted(name, value));
      }
    }
    return new StepSchedule(name, values, at, name.equals("lines"), name + ":");
  }

  @Override
  public Schedule in(double stepsPerEpoch) {
    return new StepSchedule(
        name, values, at.stream().map(a -> a.in(stepsPerEpoch)).toList(), lines, head);
  }

  @Override
  public boolean countsSteps() {
    return at.stream().anyMatch(RunLength::inSteps);
  }

  @Override
  public double factor(double epoch, double epochs) {
    int next = 0;
    while (next < at.size() && epoch >= at.get(next).epochs()) {
      next++;
    }
    if (next == 0) {
      return name.equals("step") ? 1 : values.get(0);
    }
    double value = values.get(next - 1);
    if (!lines || next == at.size()) {
      return value;
    }
    double begin = at.get(next - 1).epochs();
    double share = (epoch - begin) / (at.get(next).epochs() - begin);
    return value + share * (values.get(next) - value);
  }

  @Override
  public String text() {
    if (name.equals("step")) {
      return head + at.stream().map(RunLength::text).collect(Collectors.joining(","));
    }
    String[] points = new String[at.size()];
    Arrays.setAll(points, i -> values.get(i) + "@" + at.get(i).text());
    return head + String.join(",", points);
  }
}
