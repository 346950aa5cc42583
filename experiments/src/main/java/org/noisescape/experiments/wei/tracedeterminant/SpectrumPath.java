package org.noisescape.experiments.wei.tracedeterminant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.EnsembleRecording;
import org.noisescape.experiments.wei.SpectrumNoise;
import org.noisescape.experiments.wei.ValleyDrift;

/**
 * What the noises are to lower, of an ensemble in time, beside the averaged drift along the valley.
 *
 * @param kind noise
 * @param steps of the snapshots
 * @param courses of what each kind of noise is to lower, in the order of the kinds
 * @param rate mean change a step of what the noise is to lower, over the first steps
 * @param rateError its standard error over replicas
 * @param rateOfDrift the same along the drift
 * @param theoremRate by Theorem 1 or 2 at the start
 * @param total change of what is to be lowered over all steps
 * @param totalError its standard error
 * @param replicas R
 */
record SpectrumPath(
    SpectrumNoise kind,
    double[] steps,
    List<Course> courses,
    double rate,
    double rateError,
    double rateOfDrift,
    double theoremRate,
    double total,
    double totalError,
    int replicas) {
  /**
   * One of the quantities at the snapshots.
   *
   * @param mean over replicas
   * @param error its standard errors
   * @param spread standard deviation over replicas
   * @param theory along the drift
   */
  record Course(double[] mean, double[] error, double[] spread, double[] theory) {
    private static Course of(EnsembleRecording recording, int quantity, double... theory) {
      double[] spread = recording.deviations(quantity);
      double[] error =
          Arrays.stream(spread).map(s -> s / Math.sqrt(recording.replicas())).toArray();
      return new Course(recording.means(quantity), error, spread, theory);
    }
  }

  /** Copies the list. */
  SpectrumPath {
    courses = List.copyOf(courses);
  }

  /** Of what a kind of noise is to lower. */
  Course course(SpectrumNoise of) {
    return courses.get(of.ordinal());
  }

  /** Change of what is to be lowered over all steps. */
  PointEstimate lowered() {
    return PointEstimate.ofDraws(total, totalError, replicas);
  }

  /** Change of the other quantity over all steps. */
  PointEstimate other() {
    Course course = course(kind.other());
    int last = steps.length - 1;
    return PointEstimate.ofDraws(
        course.mean[last] - course.mean[0],
        Math.hypot(course.error[last], course.error[0]),
        replicas);
  }

  /** Change of what is to be lowered a step, at the beginning. */
  PointEstimate initialRate() {
    return PointEstimate.ofDraws(rate, rateError, replicas);
  }

  /** Of a recording of all quantities, with the rate over so many first snapshots. */
  static SpectrumPath of(
      SpectrumNoise kind,
      EnsembleRecording recording,
      ValleyDrift drift,
      double[] start,
      int window,
      double theoremRate) {
    double[] steps = recording.steps();
    int n = steps.length;
    double[][] path = drift.along(start, steps);
    List<Course> courses = new ArrayList<>();
    for (SpectrumNoise of : TraceDeterminant.NOISES) {
      double[] along =
          Arrays.stream(path)
              .mapToDouble(at -> of.of(ValleyDrift.eigenvalues(drift.valley(), at)))
              .toArray();
      courses.add(Course.of(recording, of.ordinal(), along));
    }
    int f = kind.ordinal();
    double[] theory = courses.get(f).theory();
    SeedMean rate = recording.change(f, 0, window);
    SeedMean total = recording.change(f, 0, n - 1);
    return new SpectrumPath(
        kind,
        steps,
        courses,
        rate.mean() / steps[window],
        rate.standardError() / steps[window],
        (theory[window] - theory[0]) / steps[window],
        theoremRate,
        total.mean(),
        total.standardError(),
        recording.replicas());
  }
}
