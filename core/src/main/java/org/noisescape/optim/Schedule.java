package org.noisescape.optim;

import java.util.Arrays;
import org.noisescape.files.Decimal;

/** The learning rate over the course of a run, as a factor of the initial one. */
public sealed interface Schedule {
  /**
   * Factor at a point of the run.
   *
   * @param epoch epochs done, fractions included
   * @param epochs epochs of the whole run
   */
  double factor(double epoch, double epochs);

  /** As users write it. */
  String text();

  /** η stays. */
  record Constant() implements Schedule {
    @Override
    public double factor(double epoch, double epochs) {
      return 1;
    }

    @Override
    public String text() {
      return "constant";
    }
  }

  /**
   * η is multiplied by a factor at each milestone.
   *
   * @param gamma the factor
   * @param milestones epochs, ascending
   */
  record Step(double gamma, double... milestones) implements Schedule {
    /** Checks factor and milestones. */
    public Step {
      if (!(gamma > 0 && gamma < Double.POSITIVE_INFINITY) || milestones.length == 0) {
        throw new IllegalArgumentException(
            "step schedule: factor must be > 0 and an epoch given, got factor " + gamma);
      }
      milestones = milestones.clone();
      double before = -1;
      for (double milestone : milestones) {
        if (!(milestone >= 0 && milestone > before)) {
          throw new IllegalArgumentException(
              "step schedule: epochs must be >= 0 and ascending, none twice, got "
                  + Arrays.toString(milestones));
        }
        before = milestone;
      }
    }

    @Override
    public double factor(double epoch, double epochs) {
      return Math.pow(gamma, Arrays.stream(milestones).filter(m -> epoch >= m).count());
    }

    @Override
    public String text() {
      StringBuilder text = new StringBuilder("step:" + gamma + "@");
      for (int i = 0; i < milestones.length; i++) {
        text.append(i == 0 ? "" : ",").append(milestones[i]);
      }
      return text.toString();
    }
  }

  /** η falls along half a cosine to 0. Source: Loshchilov and Hutter (2017), Eq. 5, one cycle. */
  record Cosine() implements Schedule {
    @Override
    public double factor(double epoch, double epochs) {
      return 0.5 * (1 + Math.cos(Math.PI * Math.min(1, epoch / epochs)));
    }

    @Override
    public String text() {
      return "cosine";
    }
  }

  /**
   * The schedule of a text: {@code constant}, {@code cosine}, {@code step:0.1@45} or {@code
   * step:0.1@30,60}.
   */
  static Schedule parse(String text) {
    if (text.equals("constant")) {
      return new Constant();
    }
    if (text.equals("cosine")) {
      return new Cosine();
    }
    int at = text.indexOf('@');
    if (text.startsWith("step:") && at > 0) {
      try {
        return new Step(
            Decimal.parse(text.substring(5, at)),
            Arrays.stream(text.substring(at + 1).split(",", -1))
                .mapToDouble(Decimal::parse)
                .toArray());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "schedule '" + text + "': numbers expected, for example step:0.1@30,60", e);
      }
    }
    throw new IllegalArgumentException(
        "unknown schedule '" + text + "': use constant, cosine or step:FACTOR@EPOCH[,EPOCH...]");
  }
}
