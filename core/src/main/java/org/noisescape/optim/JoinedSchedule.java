package org.noisescape.optim;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Schedules one after the other, each counting from its own beginning; PyTorch's {@code
 * SequentialLR}.
 *
 * @param parts all but the last with a length
 */
record JoinedSchedule(List<Schedule> parts) implements Schedule {
  JoinedSchedule {
    parts = List.copyOf(parts);
  }

  @Override
  public Schedule in(double stepsPerEpoch) {
    List<Schedule> resolved = parts.stream().map(part -> part.in(stepsPerEpoch)).toList();
    for (Schedule part : resolved.subList(0, resolved.size() - 1)) {
      if (part.length() == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "schedule '%s': %s lasts to the end of the run, and leaves nothing to what follows: give it a length, over=EPOCHS"
                .formatted(text(), part.text()));
      }
    }
    return new JoinedSchedule(resolved);
  }

  @Override
  public boolean countsSteps() {
    return parts.stream().anyMatch(Schedule::countsSteps);
  }

  @Override
  public double length() {
    return parts.stream().mapToDouble(Schedule::length).sum();
  }

  /** Epochs before the last part begins. */
  double beforeLast() {
    return parts.subList(0, parts.size() - 1).stream().mapToDouble(Schedule::length).sum();
  }

  @Override
  public double factor(double epoch, double epochs) {
    double begin = 0;
    int last = parts.size() - 1;
    for (int i = 0; i < last; i++) {
      double length = parts.get(i).length();
      if (epoch < begin + length) {
        return parts.get(i).factor(epoch - begin, length);
      }
      begin += length;
    }
    return parts.get(last).factor(epoch - begin, epochs - begin);
  }

  @Override
  public String text() {
    return parts.stream().map(Schedule::text).collect(Collectors.joining("+"));
  }
}
