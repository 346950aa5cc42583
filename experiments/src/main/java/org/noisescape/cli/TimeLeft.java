package org.noisescape.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * How long the rest of a task takes, from what was done of it so far; silent until that can be
 * told.
 *
 * <p>The rate is that of the later half of the time: what comes first, while code is compiled and
 * files are read, says little. Nothing is told in the first {@value #FIRST} seconds, nor before the
 * two halves of that stretch agree to {@value #AGREEMENT}, or {@value #LONG} seconds went by.
 */
final class TimeLeft {
  private static final double FIRST = 3;
  private static final double LONG = 30;
  private static final double AGREEMENT = 0.25;

  /** Points that are kept at most; every second one is then dropped. */
  private static final int KEPT = 256;

  /** Where the task was. */
  private record Point(double seconds, double share) {}

  private Deque<Point> points = new ArrayDeque<>();
  private double distance;
  private boolean settled;

  /**
   * Takes up how far the task is.
   *
   * @param seconds since some beginning, ascending
   * @param share of the work, 0 to 1; where it falls the task has grown, and all begins afresh
   */
  void add(double seconds, double share) {
    Point last = points.peekLast();
    if (last != null && share < last.share()) {
      points.clear();
      settled = false;
      distance = 0;
    } else if (last != null && seconds - last.seconds() < distance) {
      return;
    }
    points.add(new Point(seconds, share));
    if (points.size() > KEPT) {
      Deque<Point> every = new ArrayDeque<>();
      int index = 0;
      for (Point point : points) {
        if (index++ % 2 == 0) {
          every.add(point);
        }
      }
      points = every;
      distance = (seconds - points.peekFirst().seconds()) / (KEPT / 2.0);
    }
  }

  /** Seconds from some moment to the end, where they can be told. */
  OptionalDouble at(double seconds) {
    if (points.size() < 3) {
      return OptionalDouble.empty();
    }
    Point last = points.peekLast();
    double elapsed = last.seconds() - points.peekFirst().seconds();
    double later = rate(last, last.seconds() - elapsed / 2);
    double latest = rate(last, last.seconds() - elapsed / 4);
    if (elapsed < FIRST || !(later > 0)) {
      return OptionalDouble.empty();
    }
    settled |= Math.abs(latest / later - 1) < AGREEMENT || elapsed > LONG;
    return settled
        ? OptionalDouble.of(Math.max(0, (1 - last.share()) / later - (seconds - last.seconds())))
        : OptionalDouble.empty();
  }

  /** Share a second since the last point at or before a moment. */
  private double rate(Point last, double since) {
    Point from = points.peekFirst();
    for (Point point : points) {
      if (point.seconds() > since) {
        break;
      }
      from = point;
    }
    return (last.share() - from.share()) / (last.seconds() - from.seconds());
  }
}
