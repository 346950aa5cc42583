package org.noisescape.experiments.meng.escape;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Rival;
import org.noisescape.report.NumberText;

/**
 * What one reading of Eq. 12 and of the loss gives: SGD, Langevin's dynamics and power-law dynamics
 * at several λ₁.
 *
 * @param factor f
 * @param batch b
 * @param meaning of λ₁
 * @param stability ηH at the minimum
 * @param sgd SGD
 * @param langevin λ₁ = 0
 * @param lambdas λ₁, ascending
 * @param powerLaw at these
 */
record EscapeReading(
    double factor,
    int batch,
    Meaning meaning,
    double stability,
    EscapedShare sgd,
    EscapedShare langevin,
    List<Double> lambdas,
    List<EscapedShare> powerLaw) {
  /** What λ₁ multiplies. */
  enum Meaning {
    /** The noise is λ₁ |w − w*| ξ₁ with ξ₁ ~ N(0, I), as Eq. 12 has it. */
    DEVIATION,
    /** λ₁ is the variance of ξ₁, as in Eq. 13. */
    VARIANCE;

    /** Factor of a standard normal. */
    double deviation(double lambda) {
      return this == DEVIATION ? lambda : Math.sqrt(lambda);
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The text's "near 32". */
  static final double TEXT = 32;

  /** Fixed before any run: "near" is by a factor of two. */
  private static final double NEAR = 2;

  /** Another λ₁, of which "near" has nothing in common with the text's. */
  private static final double QUARTER = TEXT / 4;

  /** A change of a rate that 100 repeats, the text's number, do not see: two standard errors. */
  static final double UNSEEN = 0.1;

  private static final Criterion STABLE = Criterion.atMost(2);
  private static final Criterion ABOVE = Criterion.atLeast(0);
  static final Criterion NOT_BELOW = Criterion.atLeast(-UNSEEN);
  static final Criterion EQUAL = Criterion.within(0, UNSEEN);

  EscapeReading {
    lambdas = List.copyOf(lambdas);
    powerLaw = List.copyOf(powerLaw);
  }

  String name() {
    return "f = %s, b = %d, lambda_1 a %s".formatted((float) factor, batch, meaning.label());
  }

  /** Largest share of diverged replicas. */
  double diverged() {
    double most = Math.max(sgd.divergedShare(), langevin.divergedShare());
    for (EscapedShare rate : powerLaw) {
      most = Math.max(most, rate.divergedShare());
    }
    return most;
  }

  /** Fig. 3c. */
  Measurements figure(String name) {
    List<PointEstimate> steps = new ArrayList<>();
    for (int i = 1; i < powerLaw.size(); i++) {
      steps.add(estimate(powerLaw.get(i)).minus(estimate(powerLaw.get(i - 1))));
    }
    PointEstimate lowest = Collections.min(steps, Comparator.comparingDouble(PointEstimate::value));
    return new Measurements()
        .judged(name + ": eta H at the minimum", PointEstimate.exact(stability), STABLE)
        .judged(name + ": rate at the largest lambda_1 less that at the smallest", rise(), ABOVE)
        .judged(
            name + ": smallest step of the rate with lambda_1",
            lowest,
            NOT_BELOW.theory(),
            Judgement.all(steps.stream().map(NOT_BELOW::judge).toList()))
        .judged(name + ": SGD less Langevin", noise(), ABOVE)
        .addAll(met(name, TEXT));
  }

  /** Whether descent stays at the minimum without noise. */
  boolean stable() {
    return STABLE.judge(PointEstimate.exact(stability)).verdict() == Verdict.AGREES;
  }

  /** What else could be, on the same numbers. */
  List<Rival> rivals(String name) {
    return List.of(
        new Rival(
            "no difference between the dynamics",
            new Measurements()
                .judged(
                    name + ": rate at the largest lambda_1 less that at the smallest",
                    rise(),
                    EQUAL)
                .judged(name + ": SGD less Langevin", noise(), EQUAL)),
        new Rival("SGD is met near lambda_1 = " + NumberText.of(QUARTER), met(name, QUARTER)));
  }

  private PointEstimate rise() {
    return estimate(powerLaw.getLast()).minus(estimate(powerLaw.getFirst()));
  }

  private PointEstimate noise() {
    return estimate(sgd).minus(estimate(langevin));
  }

  /** Whether SGD's rate lies between those at half and twice a λ₁. */
  private Measurements met(String name, double lambda) {
    double from = lambda / NEAR;
    double to = lambda * NEAR;
    return new Measurements()
        .judged(
            name + ": SGD less lambda_1 = " + NumberText.of(from),
            estimate(sgd).minus(rate(from)),
            ABOVE)
        .judged(
            name + ": lambda_1 = " + NumberText.of(to) + " less SGD",
            rate(to).minus(estimate(sgd)),
            ABOVE);
  }

  /**
   * The rate at a λ₁, by straight lines from Langevin's on; beyond the last one that of the last.
   */
  private PointEstimate rate(double lambda) {
    double at = 0;
    PointEstimate before = estimate(langevin);
    for (int i = 0; i < lambdas.size(); i++) {
      PointEstimate after = estimate(powerLaw.get(i));
      if (lambda <= lambdas.get(i)) {
        double share = (lambda - at) / (lambdas.get(i) - at);
        PointEstimate rest = before.times(1 - share);
        return new PointEstimate(
                rest.value() + share * after.value(), rest.standardError(), rest.degreesOfFreedom())
            .plusError(share * after.standardError(), after.degreesOfFreedom());
      }
      at = lambdas.get(i);
      before = after;
    }
    return before;
  }

  private static PointEstimate estimate(EscapedShare rate) {
    return rate.escaped().estimate();
  }

  /** λ₁ at which the success rate is SGD's, by straight lines; NaN where it is met nowhere. */
  double crossing() {
    double wanted = sgd.escaped().value();
    double at = 0;
    double before = langevin.escaped().value();
    for (int i = 0; i < lambdas.size(); i++) {
      double after = powerLaw.get(i).escaped().value();
      if (before < wanted && wanted <= after) {
        return at + (wanted - before) / (after - before) * (lambdas.get(i) - at);
      }
      at = lambdas.get(i);
      before = after;
    }
    return Double.NaN;
  }

  Verdict verdict() {
    return Rival.decide(figure("").verdict(), rivals(""));
  }

  static String text() {
    return "a reading reproduces Fig. 3c if descent is stable at the minimum, "
        + STABLE.text("eta H")
        + ", the success rate rises with lambda_1, "
        + ABOVE.text("rise from first to last")
        + " and "
        + NOT_BELOW.text("step")
        + ", SGD's is above Langevin's, "
        + ABOVE.text("(SGD - Langevin)")
        + ", and is met near "
        + NumberText.of(TEXT)
        + ": it is above that at half of it and below that at twice of it, by the same rule. Fig. 3d"
        + " if the rates of SGD, Langevin and the power-law dynamics on L exceed those on 0.9 L by d"
        + " with "
        + NOT_BELOW.text("d")
        + ", where \"no difference\", "
        + EQUAL.text("d")
        + ", disagrees; inconclusive where descent is unstable. SE by Wilson, on one degree of freedom less than replicas. Overall: the"
        + " literal reading, both readings being named. "
        + Criterion.terms();
  }
}
