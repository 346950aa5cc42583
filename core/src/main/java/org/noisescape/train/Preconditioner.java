package org.noisescape.train;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.noisescape.optim.AdditiveNoise;
import org.noisescape.optim.FilterRule;
import org.noisescape.optim.RuleStages;
import org.noisescape.optim.Schedule;
import org.noisescape.optim.StepValues;
import org.noisescape.optim.UpdateRule;
import org.noisescape.optim.WeightDecay;
import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.FilterWeight;

/**
 * The diagonal preconditioner P of a run's update rules, and what curvature its steps are stable
 * at: θ ← θ − η P⁻¹ F(g) with P = diag(s√v + ε) and a linear filter F, momentum.
 *
 * <p>v is the second moment after a step, s its bias correction at that step: P = diag(√v̂ + ε) for
 * Adam. Without a rule that divides by a root, P = I.
 *
 * <p><b>Stability.</b> Where P stands still and L = ½ θᵀHθ, an eigenvalue λ of P^−½HP^−½ is that of
 * a recursion of two numbers. With the weights of {@link FilterWeight}, m ← a m + b g and the
 * direction c g + d m + e m₋, and with decoupled decay δ,
 *
 * <pre>
 * m′ = a m + bλθ,   θ′ = (1 − ηδ − ηλ(c + db)) θ − η(da + e) m.
 * </pre>
 *
 * Its trace T = a + 1 − ηδ − ηλ(c + db) and determinant D = a(1 − ηδ) − ηλ(ac − eb) are stable
 * where 1 + T + D &gt; 0 and |D| &lt; 1 (Jury): λ &lt; (2 − ηδ)(1 + a) / (η(c(1 + a) + b(d − e))),
 * and λ &lt; (1 ± a(1 − ηδ)) / (η|ac − eb|), + where ac > eb. That is 2/η for sgd and RMSprop, 2(1
 * + μ)/η for heavy ball, 2(1 + β₁)/((1 − β₁)η) · (1 − β₁ᵏ) for Adam at step k, 38/η in the end for
 * β₁ = 0.9; the first moment's bias correction is here part of the bound, not of P. Source: Cohen
 * et al. (2022), "Adaptive gradient methods at the edge of stability", section 3 and appendix A;
 * they put it into P.
 */
public final class Preconditioner {
  private final Timeline timeline;
  private final double learningRate;
  private final List<UpdateRule> directions;
  private final int secondMoment;

  private Preconditioner(
      Timeline timeline, double learningRate, List<UpdateRule> directions, int secondMoment) {
    this.timeline = timeline;
    this.learningRate = learningRate;
    this.directions = directions;
    this.secondMoment = secondMoment;
  }

  /**
   * The preconditioner of a plan's rules.
   *
   * @param samples N of the training
   * @throws IllegalArgumentException in one line for rules that have none
   */
  public static Preconditioner of(TrainingPlan plan, int samples) {
    RuleStages stages = RuleStages.of(plan.rules());
    stages.ascent().ifPresent(rule -> refuse(rule, "takes its gradient elsewhere"));
    int vectors = 0;
    int secondMoment = -1;
    for (UpdateRule rule : stages.directions()) {
      if (rule instanceof FilterRule filter) {
        if (filter.map() == FilterMap.SIGN) {
          throw refuse(rule, "moves by the sign of its momentum");
        }
        if (filter.map() == FilterMap.CLAMP) {
          throw refuse(rule, "cuts entries off");
        }
        vectors += filter.hasMoment() ? 1 : 0;
        if (filter.map() == FilterMap.ROOT) {
          secondMoment = vectors++;
        }
      } else if (!(rule instanceof WeightDecay
          || rule instanceof AdditiveNoise
          || rule.isIdentity())) {
        throw refuse(rule, "is no linear filter of the gradient");
      }
    }
    return new Preconditioner(
        plan.timeline(samples), plan.learningRate(), stages.directions(), secondMoment);
  }

  private static IllegalArgumentException refuse(UpdateRule rule, String why) {
    throw new IllegalArgumentException(
        "%s %s, which has no preconditioner: measure the plain Hessian and covariance, or train with adam, adamw, rmsprop, sgd or momentum"
            .formatted(rule.text(), why));
  }

  /** Whether P is more than the identity. */
  public boolean isAdaptive() {
    return secondMoment >= 0;
  }

  /** Which of the optimizer's state vectors is v; −1 where P = I. */
  public int secondMoment() {
    return secondMoment;
  }

  /**
   * The diagonal of P^−½ after some steps.
   *
   * @param done steps done, at least 1 where P is more than the identity
   * @param v the second moment after them (P); ignored where P = I
   * @param parameters P
   * @throws IllegalArgumentException before the first step of an adaptive rule
   */
  public double[] inverseRoots(long done, double[] v, int parameters) {
    double[] roots = new double[parameters];
    Arrays.fill(roots, 1);
    if (!isAdaptive()) {
      return roots;
    }
    if (done < 1) {
      throw new IllegalArgumentException(
          "no step is done, so the second moment of the gradients is still zero");
    }
    double[] weights = weights(divider(), done);
    double s = weights[FilterWeight.ROOT.at()];
    double epsilon = weights[FilterWeight.BOUND.at()];
    for (int i = 0; i < parameters; i++) {
      roots[i] = 1 / Math.sqrt(s * Math.sqrt(v[i]) + epsilon);
    }
    return roots;
  }

  private FilterRule divider() {
    return directions.stream()
        .filter(rule -> rule instanceof FilterRule filter && filter.map() == FilterMap.ROOT)
        .map(FilterRule.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /**
   * The eigenvalue of P^−½HP^−½ beyond which the last step, repeated with its learning rate and
   * numbers, is unstable on a quadratic; not-a-number where two rules of the chain have a momentum.
   *
   * <p>Coupled weight decay adds to H what it adds to the curvature; additive noise changes
   * nothing.
   *
   * @param done steps done
   */
  public double stabilityBound(long done) {
    double gain = 1;
    double delta = 0;
    double[] moment = null;
    for (UpdateRule rule : directions) {
      if (rule instanceof FilterRule filter) {
        double[] weights = weights(filter, done);
        if (!filter.hasMoment()) {
          gain *= weights[FilterWeight.DIRECT.at()];
        } else if (moment == null) {
          moment = weights;
        } else {
          return Double.NaN;
        }
      } else if (rule instanceof WeightDecay decay && decay.decoupled()) {
        delta += now(decay, done).of("decay", decay.decay());
      }
    }
    double[] weights = moment == null ? direct() : moment;
    double rate = learningRate * timeline.rateFactor(last(done));
    return bound(weights, rate, delta) / gain;
  }

  private static double[] direct() {
    double[] weights = new double[FilterWeight.COUNT];
    weights[FilterWeight.DIRECT.at()] = 1;
    return weights;
  }

  private static double bound(double[] weights, double rate, double delta) {
    double a = weights[FilterWeight.KEPT.at()];
    double b = weights[FilterWeight.ENTERING.at()];
    double c = weights[FilterWeight.DIRECT.at()];
    double d = weights[FilterWeight.MOMENT.at()];
    double e = weights[FilterWeight.FORMER.at()];
    double kept = 1 - rate * delta;
    double alternating = (1 + kept) * (1 + a) / positive(rate * (c * (1 + a) + b * (d - e)));
    double turning = a * c - e * b;
    double spiralling =
        turning == 0
            ? Double.POSITIVE_INFINITY
            : (1 + Math.signum(turning) * a * kept) / (rate * Math.abs(turning));
    return Math.min(alternating, spiralling);
  }

  /** Nothing alternates where the coefficient is not positive. */
  private static double positive(double coefficient) {
    return coefficient > 0 ? coefficient : 0;
  }

  private double[] weights(FilterRule rule, long done) {
    double[] weights = new double[FilterWeight.COUNT];
    rule.weights(now(rule, done), weights);
    return weights;
  }

  /** Steps before the last one that was done. */
  private static long last(long done) {
    return Math.max(0, done - 1);
  }

  /** What the numbers of a rule were at the last step. */
  private StepValues now(UpdateRule rule, long done) {
    Map<String, Schedule> schedules = timeline.schedules().of(rule);
    long step = last(done);
    return new StepValues() {
      @Override
      public long step() {
        return step;
      }

      @Override
      public double of(String parameter, double written) {
        Schedule schedule = schedules.get(parameter);
        return schedule == null
            ? written
            : written * schedule.factor(timeline.epoch(step), timeline.epochs());
      }
    };
  }
}
