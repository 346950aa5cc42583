package org.noisescape.optim;

import java.util.Arrays;
import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.FilterWeight;

/** A {@link FilterRule} on the vectors of one replica. */
final class VectorFilter implements VectorRule {
  private final FilterRule rule;
  private final FilterMap map;
  private final boolean hasMoment;
  private final double[] fixed;

  VectorFilter(FilterRule rule) {
    this.rule = rule;
    this.map = rule.map();
    this.hasMoment = rule.hasMoment();
    this.fixed = rule.dependsOnStep() ? null : Weights.at(rule, null).clone();
  }

  /** Weights of the present step, one a thread. */
  private static final class Weights implements StepValues {
    private static final ThreadLocal<Weights> OF_THREAD = ThreadLocal.withInitial(Weights::new);
    private final double[] values = new double[FilterWeight.COUNT];
    private Draws draws;

    static double[] at(FilterRule rule, Draws draws) {
      Weights own = OF_THREAD.get();
      own.draws = draws;
      Arrays.fill(own.values, 0);
      rule.weights(own, own.values);
      return own.values;
    }

    @Override
    public long step() {
      return draws.step();
    }

    @Override
    public double of(String parameter, double written) {
      return written;
    }
  }

  @Override
  public int states() {
    return (hasMoment ? 1 : 0) + (map == FilterMap.ROOT ? 1 : 0);
  }

  @Override
  public void apply(double[] theta, double[] u, double[][] states, Draws draws) {
    double[] w = fixed == null ? Weights.at(rule, draws) : fixed;
    double[] m = hasMoment ? states[0] : null;
    for (int i = 0; i < u.length; i++) {
      double entering = u[i];
      double sum = w[FilterWeight.DIRECT.at()] * entering;
      if (m != null) {
        double former = m[i];
        m[i] = w[FilterWeight.KEPT.at()] * former + w[FilterWeight.ENTERING.at()] * entering;
        sum += w[FilterWeight.MOMENT.at()] * m[i] + w[FilterWeight.FORMER.at()] * former;
      }
      u[i] =
          switch (map) {
            case IDENTITY -> sum;
            case SIGN -> Math.signum(sum);
            case CLAMP -> Math.clamp(sum, -w[FilterWeight.BOUND.at()], w[FilterWeight.BOUND.at()]);
            case ROOT -> sum / root(w, entering, states[states.length - 1], i);
          };
    }
  }

  private static double root(double[] w, double entering, double[] v, int i) {
    v[i] =
        w[FilterWeight.SQUARE_KEPT.at()] * v[i]
            + w[FilterWeight.SQUARE_ENTERING.at()] * entering * entering;
    return w[FilterWeight.ROOT.at()] * Math.sqrt(v[i]) + w[FilterWeight.BOUND.at()];
  }
}
