package org.noisescape.experiments.liu.stationary;

import java.util.List;
import org.noisescape.experiments.fit.PointEstimate;

/**
 * One measured mean beside the theories.
 *
 * @param label which system
 * @param quantity what was averaged
 * @param value its average
 * @param standardError over replicas
 * @param exact discrete-time theory, with the mini-batch noise of the data where there is one
 * @param text discrete-time theory as the text has it
 * @param continuous theory before the text
 * @param replicas R
 * @param steps measured steps of each
 */
public record GridPoint(
    StationaryCase.Label label,
    String quantity,
    double value,
    double standardError,
    double exact,
    double text,
    double continuous,
    int replicas,
    long steps) {
  static GridPoint of(StationaryCase system, int observable, Averages averages) {
    Prediction prediction = system.predictions().get(observable);
    return new GridPoint(
        system.label(),
        prediction.quantity(),
        averages.means()[observable],
        averages.errors()[observable],
        prediction.exact(),
        prediction.text(),
        prediction.continuous(),
        averages.last().length,
        averages.steps());
  }

  /** Those of a panel. */
  public static List<GridPoint> of(List<GridPoint> points, String panel) {
    return points.stream().filter(p -> p.label().panel().equals(panel)).toList();
  }

  /** Abscissa in the figure. */
  public double x() {
    return label.x();
  }

  /** Whether there is a theory of it. */
  boolean predicted() {
    return !Double.isNaN(exact);
  }

  /** What a theory says. */
  double theory(GridTheory theory) {
    return switch (theory) {
      case EXACT -> exact;
      case EARLIER -> continuous;
      case TEXT -> text;
    };
  }

  /** The average; its error is the spread of R replicas, on R − 1 degrees of freedom. */
  public PointEstimate estimate() {
    return PointEstimate.ofDraws(value, standardError, replicas);
  }

  /** The average over a theory. */
  PointEstimate over(GridTheory theory) {
    return estimate().times(1 / theory(theory));
  }
}
