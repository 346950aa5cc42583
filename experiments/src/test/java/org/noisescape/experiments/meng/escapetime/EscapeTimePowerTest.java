package org.noisescape.experiments.meng.escapetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.StepHalving;
import org.noisescape.dynamics.StepHalving.Reading;
import org.noisescape.dynamics.landscape.QuarticWell;
import org.noisescape.dynamics.statistics.MeanPassageTime;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Power;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** Mean times of 1,000 replicas over the barriers of {@code standard}, about the exact ones. */
class EscapeTimePowerTest {
  private static final int REPLICAS = 1000;
  private static final List<Double> BARRIERS = List.of(1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0);
  private static final List<Double> LANGEVIN = List.of(1.0, 1.5, 2.0, 2.5, 3.0, 4.0);
  private static final EscapeTime.Plan PLAN =
      new EscapeTime.Plan(
          4,
          1,
          0.8,
          BARRIERS,
          LANGEVIN,
          1.5,
          0.15,
          2,
          List.of(1, 2, 4, 8),
          0.02,
          4,
          REPLICAS,
          new EpsilonEscapeRun.Plan(0.5, 20_000));
  private static final double[] TIMES = IntStream.rangeClosed(1, 50).asDoubleStream().toArray();
  private static final Map<WellDynamics, List<Double>> EXACT = new EnumMap<>(WellDynamics.class);

  static {
    for (WellDynamics dynamics : WellDynamics.values()) {
      List<Double> times = new ArrayList<>();
      for (double barrier : dynamics == WellDynamics.LANGEVIN ? LANGEVIN : BARRIERS) {
        QuarticWell well = PLAN.well(barrier);
        times.add(
            dynamics == WellDynamics.STABLE
                ? dynamics.formula(PLAN, well)
                : dynamics.exact(PLAN, well, -well.minimum()));
      }
      EXACT.put(dynamics, times);
    }
  }

  /** A world: the true time, given the theory's. */
  private interface World {
    double time(WellDynamics dynamics, QuarticWell well, int dimension, double theory);
  }

  @Test
  void theTheoryAgrees() {
    assertThat(agreeing((dynamics, well, dimension, theory) -> theory))
        .isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForTheTheory() {
    World kramers =
        (dynamics, well, dimension, theory) ->
            dynamics.isPowerLaw() && dimension == 1
                ? EXACT.get(dynamics).getFirst() * Math.exp(0.5 * (well.barrier() - 1))
                : theory;
    World power =
        (dynamics, well, dimension, theory) ->
            dynamics == WellDynamics.LANGEVIN
                ? 20 * Math.pow((1 + 0.8 * well.barrier()) / 1.8, 6.8)
                : theory;
    World none =
        (dynamics, well, dimension, theory) ->
            dynamics == WellDynamics.STABLE || dimension > 1
                ? theory
                : EXACT.get(dynamics).getFirst();
    World swapped =
        (dynamics, well, dimension, theory) ->
            dynamics.isPowerLaw() && dimension == 1
                ? theory
                    * Math.pow(
                        1 + 0.8 * well.barrier(), dynamics == WellDynamics.POWER_LAW_ITO ? -1 : 1)
                : theory;
    World table =
        (dynamics, well, dimension, theory) ->
            dynamics == WellDynamics.LANGEVIN ? Math.exp(well.barrier()) : theory;
    World diffusive =
        (dynamics, well, dimension, theory) ->
            dynamics == WellDynamics.STABLE ? theory * Math.sqrt(well.halfDistance()) : theory;
    World high =
        (dynamics, well, dimension, theory) ->
            dynamics == WellDynamics.STABLE && well.halfDistance() == PLAN.fixedWidth()
                ? Math.pow(1 + 0.8 * well.barrier(), 2)
                : theory;
    World slow = (dynamics, well, dimension, theory) -> dimension * theory;
    for (World rival : List.of(kramers, power, none, swapped, table, diffusive, high, slow)) {
      assertThat(agreeing(rival)).isLessThanOrEqualTo(Power.MOST);
    }
  }

  private static long agreeing(World world) {
    return Power.agreeing(seed -> findings(world, seed));
  }

  private static Findings findings(World world, long seed) {
    RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    UnaryOperator<Double> scattered =
        time -> time * Math.exp(random.nextGaussian() / Math.sqrt(REPLICAS));
    List<WellPassage> points = new ArrayList<>();
    EXACT.forEach(
        (dynamics, times) -> {
          List<Double> barriers = dynamics == WellDynamics.LANGEVIN ? LANGEVIN : BARRIERS;
          for (int i = 0; i < times.size(); i++) {
            QuarticWell well = PLAN.well(barriers.get(i));
            double time = scattered.apply(world.time(dynamics, well, 1, times.get(i)));
            points.add(passage(dynamics, well, 1, time, times.get(i)));
          }
        });
    List<WellPassage> fixedWidth = new ArrayList<>();
    for (double barrier : BARRIERS) {
      QuarticWell well = new QuarticWell(barrier, PLAN.fixedWidth());
      double time = scattered.apply(world.time(WellDynamics.STABLE, well, 1, 50));
      fixedWidth.add(passage(WellDynamics.STABLE, well, 1, time, Double.NaN));
    }
    List<WellPassage> sideBySide = new ArrayList<>();
    for (int dimension : PLAN.dimensions()) {
      double one = EXACT.get(WellDynamics.POWER_LAW_ITO).get(4);
      QuarticWell well = PLAN.well(BARRIERS.get(4));
      double time =
          scattered.apply(world.time(WellDynamics.POWER_LAW_ITO, well, dimension, one / dimension));
      sideBySide.add(passage(WellDynamics.POWER_LAW_ITO, well, dimension, time, one));
    }
    EpsilonEscapeRun epsilon =
        new EpsilonEscapeRun(PLAN.epsilon(), TIMES, TIMES, TIMES, new SeedMean(0.978, 0.02, 20));
    return new EscapeTimeResults(PLAN, points, fixedWidth, sideBySide, epsilon).findings();
  }

  private static WellPassage passage(
      WellDynamics dynamics, QuarticWell well, int dimension, double time, double exact) {
    double error = time / Math.sqrt(REPLICAS);
    MeanPassageTime mean =
        new MeanPassageTime(
            time, error, 0, 99, REPLICAS, 0, MeanPassageTime.Method.SAMPLE_MEAN, true);
    Reading reading = new Reading(time, error);
    return new WellPassage(
        dynamics,
        well,
        dimension,
        mean,
        mean,
        new StepHalving(reading, reading, 0.02),
        exact,
        exact / 2,
        exact);
  }
}
