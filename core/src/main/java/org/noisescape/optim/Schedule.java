package org.noisescape.optim;

import java.util.Arrays;

/** The learning rate over the course of a run, as a factor of the initial one. */
public interface Schedule {
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
}
