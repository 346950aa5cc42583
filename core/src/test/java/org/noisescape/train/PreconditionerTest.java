package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.optim.FilterRule;
import org.noisescape.optim.Optimizers;
import org.noisescape.optim.RunSchedules;
import org.noisescape.optim.Schedule;
import org.noisescape.optim.Schedules;
import org.noisescape.optim.StepValues;
import org.noisescape.optim.UpdateRule;
import org.noisescape.optim.VectorRule;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.FilterWeight;

/** P of the rules from their formulas, and its stability bound where the rules themselves are. */
class PreconditionerTest {
  private static final double RATE = 0.05;
  private static final int LATE = 4000;

  private static Preconditioner of(String optimizer) {
    return of(optimizer, "constant");
  }

  private static Preconditioner of(String optimizer, String schedule) {
    Trial trial = Trial.mlp(optimizer, DType.FLOAT64, 1);
    TrainingPlan plan =
        trial.plan(RATE, 1000).toBuilder().schedules(RunSchedules.parse(schedule)).build();
    return Preconditioner.of(plan, Trial.SAMPLES);
  }

  /** Closed forms; Nesterov's is that of Cohen et al. (2021), appendix B. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sgd; 40",
        "momentum:0.9; 76",
        "nesterov:0.9; 27.142857142857142",
        "rmsprop; 40",
        "rmsprop+momentum:0.9; 76",
        "weight-decay:0.1+momentum:0.9; 76",
        "momentum:0.9+sgld:l3=0.1; 76",
        "adam; 760",
        "adam:0,0.999,1e-8; 40",
        "adamw:decay=2; 722",
        "momentum:0.9+weight-decay:2,decoupled; 72.2",
        "momentum:0.9+ema:0.99; 76",
        "label-noise:flip=0.1+adam:0.5,0.9,1e-8; 120"
      })
  void boundsAreTheirClosedForms(String optimizer, double expected) {
    assertThat(of(optimizer).stabilityBound(LATE)).isCloseTo(expected, within(1e-9 * expected));
  }

  @Test
  void adamsFirstStepsHaveTheBiasCorrectionInTheirBound() {
    for (int k = 1; k < 40; k++) {
      assertThat(of("adam").stabilityBound(k))
          .isCloseTo(760 * (1 - Math.pow(0.9, k)), within(1e-9));
    }
  }

  /** The last of ten steps of epoch 1, half way down, has η and μ of its own. */
  @Test
  void scheduledNumbersAreThoseOfTheLastStep() {
    Preconditioner rules = of("momentum:0.8", "linear:to=0/momentum=linear:to=0.5");
    double epoch = 2999.0 / Trial.STEPS_PER_EPOCH / 1000;
    double mu = 0.8 * (1 - 0.5 * epoch);
    assertThat(rules.stabilityBound(3000))
        .isCloseTo(2 * (1 + mu) / (RATE * (1 - epoch)), within(1e-9));
    assertThat(Schedules.parse("linear:to=0").factor(epoch * 1000, 1000))
        .isCloseTo(1 - epoch, within(1e-12));
  }

  /**
   * The real rules on L = ½hθ², P held by an ε that dwarfs √v: a hundredth below the bound θ
   * shrinks over a thousand steps, a hundredth above it grows.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd",
        "momentum:0.9",
        "nesterov:0.9",
        "qhm:0.9,0.7",
        "rmsprop:0.99,1e6",
        "rmsprop:0.99,1e6+momentum:0.8",
        "momentum:0.8+rmsprop:0.99,1e6",
        "adam:0.9,0.999,1e6",
        "adam:0.5,0.9,1e6",
        "adamw:0.9,0.999,1e6,decay=1",
        "nesterov:0.9+weight-decay:1,decoupled"
      })
  void aQuadraticIsStableUpToTheBoundAndNoFurther(String optimizer) {
    double p = optimizer.contains("1e6") ? 1e6 : 1;
    double bound = of(optimizer).stabilityBound(LATE);
    List<UpdateRule> chain = Optimizers.parse(optimizer);
    assertThat(growth(chain, 0.99 * bound * p)).isLessThan(0.5);
    assertThat(growth(chain, 1.01 * bound * p)).isGreaterThan(2);
  }

  /** A filter that looks at the moment before, as none of the built-in linear ones does. */
  private record Looking(double a, double d, double e) implements FilterRule {
    @Override
    public FilterMap map() {
      return FilterMap.IDENTITY;
    }

    @Override
    public boolean hasMoment() {
      return true;
    }

    @Override
    public void weights(StepValues now, double[] into) {
      into[FilterWeight.KEPT.at()] = a;
      into[FilterWeight.ENTERING.at()] = 1;
      into[FilterWeight.MOMENT.at()] = d;
      into[FilterWeight.FORMER.at()] = e;
    }
  }

  /** The last two turn: their determinant leaves the unit disc first. */
  @ParameterizedTest
  @CsvSource({"0.5, 1, -0.3", "0.9, 0, 1", "0.8, 0.5, 0.5"})
  void aQuadraticIsStableUpToTheBoundOfAnyFilter(double a, double d, double e) {
    Looking rule = new Looking(a, d, e);
    TrainingPlan plan =
        Trial.mlp("sgd", DType.FLOAT64, 1).plan(RATE, 1000, new Schedule.Constant()).toBuilder()
            .rules(List.of(rule))
            .build();
    double bound = Preconditioner.of(plan, Trial.SAMPLES).stabilityBound(LATE);
    assertThat(growth(List.of(rule), 0.95 * bound)).isLessThan(0.5);
    assertThat(growth(List.of(rule), 1.05 * bound)).isGreaterThan(2);
  }

  /** Largest |θ| of steps 1000 to 1199 over that of steps 200 to 399. */
  private static double growth(List<UpdateRule> chain, double curvature) {
    List<VectorRule> rules = VectorRule.chain(chain);
    List<double[][]> states = new ArrayList<>();
    rules.forEach(rule -> states.add(new double[rule.states()][1]));
    double[] theta = {1e-250};
    double[] largest = new double[4];
    for (int k = 0; k < 1200; k++) {
      double[] u = {curvature * theta[0]};
      for (int i = 0; i < rules.size(); i++) {
        rules.get(i).apply(theta, u, states.get(i), new AtStep(k));
      }
      theta[0] -= RATE * u[0];
      if (Math.abs(theta[0]) > 1e-15) {
        // grown by what no transient explains, long before √v is felt beside ε
        return Double.POSITIVE_INFINITY;
      }
      int window = k < 200 ? 0 : k < 400 ? 1 : k < 1000 ? 2 : 3;
      largest[window] = Math.max(largest[window], Math.abs(theta[0]));
    }
    return largest[3] / largest[1];
  }

  private record AtStep(long step) implements VectorRule.Draws {
    @Override
    public RandomStream of(Purpose purpose) {
      throw new UnsupportedOperationException();
    }
  }

  /** √v̂ + ε of PyTorch's Adam after step 3, and RMSprop's, which corrects nothing. */
  @Test
  void theDiagonalIsThatOfTheFormula() {
    double[] v = {4e-6, 0, 9};
    double[] adam = of("adam:0.9,0.99,1e-3").inverseRoots(3, v, 3);
    double[] rms = of("weight-decay:0.1+momentum:0.5+rmsprop:0.9,1e-2").inverseRoots(3, v, 3);
    for (int i = 0; i < 3; i++) {
      double corrected = v[i] / (1 - 0.99 * 0.99 * 0.99);
      assertThat(adam[i]).isCloseTo(Math.pow(Math.sqrt(corrected) + 1e-3, -0.5), within(1e-12));
      assertThat(rms[i]).isCloseTo(Math.pow(Math.sqrt(v[i]) + 1e-2, -0.5), within(1e-12));
    }
    assertThat(of("momentum:0.9").inverseRoots(0, new double[0], 2)).containsExactly(1, 1);
  }

  @Test
  void theSecondMomentIsFoundAmongTheStates() {
    assertThat(of("adam").secondMoment()).isEqualTo(1);
    assertThat(of("rmsprop").secondMoment()).isZero();
    assertThat(of("rmsprop+momentum:0.9").secondMoment()).isZero();
    assertThat(of("momentum:0.9+rmsprop").secondMoment()).isEqualTo(1);
    assertThat(of("momentum:0.9").secondMoment()).isEqualTo(-1);
    assertThat(of("sgd").isAdaptive()).isFalse();
  }

  @Test
  void twoMomentaHaveNoBoundHere() {
    assertThat(of("momentum:0.5+qhm:0.3,0.2").stabilityBound(LATE)).isNaN();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "lion; lion:0.9,0.99 moves by the sign of its momentum",
        "clip:1+adam; clip:1.0 is no linear filter",
        "clip:value=1+adam; clip:value=1.0 cuts entries off",
        "sam:rho=0.05+momentum:0.9; sam:rho=0.05 takes its gradient elsewhere",
        "pl-sgd:l1=0.1,l2=0; is no linear filter"
      })
  void rulesWithoutAPreconditionerAreOneLine(String optimizer, String message) {
    assertThatThrownBy(() -> of(optimizer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("has no preconditioner")
        .hasMessageNotContaining("\n");
  }

  @Test
  void beforeTheFirstStepAnAdaptiveRuleHasNone() {
    assertThatThrownBy(() -> of("adam").inverseRoots(0, new double[2], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no step is done");
  }
}
