package org.noisescape.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What a run is watched by, and how that stands. */
final class Monitors {
  /** Names in a message. */
  private static final int NAMED = 12;

  private final List<MonitorCourse> courses = new ArrayList<>();
  private final Optional<MonitorCourse> best;

  Monitors(Monitoring monitoring) {
    monitoring.stops().forEach(rule -> courses.add(new MonitorCourse(rule)));
    best = monitoring.best().map(MonitorCourse::new);
    best.ifPresent(courses::add);
  }

  /**
   * Requires that everything watched is measured.
   *
   * @param measured names of the quantities of the first measurement
   * @param later whether a quantity that is not among them may come later
   * @throws IllegalArgumentException in one line with what there is
   */
  void require(Set<String> measured, Predicate<String> later) {
    for (MonitorCourse course : courses) {
      if (!measured.contains(course.metric()) && !later.test(course.metric())) {
        throw new IllegalArgumentException(
            "'%s' is watched and never measured: add the probe that measures it, or name one of %s"
                .formatted(course.metric(), names(measured)));
      }
    }
  }

  private static String names(Set<String> measured) {
    List<String> named =
        measured.stream().filter(name -> !name.endsWith("_standard_error")).toList();
    return named.isEmpty()
        ? "what a probe measures"
        : String.join(", ", named.subList(0, Math.min(NAMED, named.size())))
            + (named.size() > NAMED ? ", …" : "");
  }

  /**
   * Takes a measurement of all replicas, of which the mean counts; quantities that are not in it
   * are as they were.
   *
   * @return whether the state is the best so far
   */
  boolean take(List<Measurement> measurements) {
    boolean improved = false;
    for (MonitorCourse course : courses) {
      String metric = course.metric();
      boolean there =
          measurements.stream()
              .allMatch(one -> Double.isFinite(one.values().getOrDefault(metric, Double.NaN)));
      if (there) {
        double mean =
            measurements.stream().mapToDouble(one -> one.values().get(metric)).sum()
                / measurements.size();
        boolean better = course.take(measurements.getFirst().step(), mean);
        improved |= better && best.isPresent() && best.get() == course;
      }
    }
    return improved;
  }

  /** Whether a rule for the end has applied. */
  boolean end() {
    return courses.stream().anyMatch(course -> course.standing().met());
  }

  /** How what decides on the best state stands. */
  Standing best() {
    return best.orElseThrow().standing();
  }

  /** How the rules for the end stand, then what decides on the best state, where something does. */
  List<Standing> standings() {
    return courses.stream().map(MonitorCourse::standing).toList();
  }

  /** What a checkpoint keeps. */
  List<double[]> state() {
    return courses.stream().map(MonitorCourse::state).toList();
  }

  /**
   * Puts it as it was.
   *
   * @throws IllegalArgumentException where it is the state of another run
   */
  void restore(List<double[]> state, long done) {
    if (state.size() != courses.size()) {
      throw new IllegalArgumentException(
          "it keeps the course of %d watched quantities, the run watches %d"
              .formatted(state.size(), courses.size()));
    }
    for (int i = 0; i < courses.size(); i++) {
      courses.get(i).restore(state.get(i), done);
    }
  }
}
