package org.noisescape.experiments.meng.escapetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
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
          List.of(0.4, 0.6, 0.8, 1.2),
          List.of(0.2, 0.3, 0.4, 0.6, 0.8, 1.2),
          0.02,
          4,
          REPLICAS,
          4 * REPLICAS,
          new EpsilonEscapeRun.Plan(0.5, 20_000));
  private static final double[] TIMES = IntStream.rangeClosed(1, 50).asDoubleStream().toArray();
  private static final List<WellDynamics> POWER_LAWS =
      List.of(WellDynamics.POWER_LAW_ITO, WellDynamics.POWER_LAW_HANGGI);
  private static final WellEnsemble UNEQUAL = UnequalWells.along(PLAN);
  private static final double UNEQUAL_OWN = UNEQUAL.dynamics().exact(UNEQUAL.own());
  private static final double UNEQUAL_FIRST = WellPassage.expected(UnequalWells.first(UNEQUAL));
  private static final Map<WellDynamics, List<Double>> EXACT = new EnumMap<>(WellDynamics.class);

  /** Times of the sweeps over ημ, as they come. */
  private static final List<GrowthSweep> SWEEPS = new ArrayList<>();

  static {
    for (WellDynamics dynamics : WellDynamics.values()) {
      List<Double> times = new ArrayList<>();
      for (double barrier : dynamics == WellDynamics.LANGEVIN ? LANGEVIN : BARRIERS) {
        WellCoordinate coordinate = PLAN.coordinate(PLAN.well(barrier));
        times.add(
            dynamics == WellDynamics.STABLE
                ? dynamics.formula(PLAN, coordinate)
                : dynamics.exact(coordinate));
      }
      EXACT.put(dynamics, times);
    }
    for (GrowthSweep.Kept kept : GrowthSweep.Kept.values()) {
      for (WellDynamics dynamics : POWER_LAWS) {
        List<WellPassage> points = new ArrayList<>();
        for (double growth : kept.growths(PLAN)) {
          WellCoordinate coordinate = GrowthSweep.coordinate(PLAN, kept, growth);
          double exact = dynamics.exact(coordinate);
          points.add(
              passage(dynamics, coordinate, 1, exact, exact, dynamics.formula(PLAN, coordinate)));
        }
        SWEEPS.add(new GrowthSweep(kept, dynamics, points));
      }
    }
  }

  /** A world: the true time, given the theory's. */
  private interface World {
    double time(WellDynamics dynamics, QuarticWell well, int dimension, double theory);

    /** Over the middle barrier at another ημ. */
    default double growing(GrowthSweep.Kept kept, WellCoordinate coordinate, double theory) {
      return theory;
    }

    /** Along the first of the unequal wells, and first of all. */
    default double unequal(boolean first, double theory) {
      return theory;
    }
  }

  /** Worlds in which the times of the text's first claims are the theory's. */
  private interface Otherwise extends World {
    @Override
    default double time(WellDynamics dynamics, QuarticWell well, int dimension, double theory) {
      return theory;
    }
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

  @Test
  void noRivalOfTheGrowthOfNoiseOrOfUnequalWellsPassesForTheTheory() {
    World half = growing((coordinate, x) -> x - x(0.8, coordinate));
    World blind = growing((coordinate, x) -> -2 * (x - x(0.8, coordinate)));
    World power =
        new Otherwise() {
          @Override
          public double growing(GrowthSweep.Kept kept, WellCoordinate coordinate, double theory) {
            return kept == GrowthSweep.Kept.RATIO
                ? 157 * Math.pow(coordinate.growth() / 0.8, -4)
                : theory;
          }
        };
    World product = unequal(UNEQUAL_OWN * 1500, UNEQUAL_FIRST);
    World alike = unequal(UNEQUAL_OWN, UNEQUAL_OWN / 3);
    for (World rival : List.of(half, blind, power, product, alike)) {
      assertThat(agreeing(rival)).isLessThanOrEqualTo(Power.MOST);
    }
  }

  /** X at an ημ of the same μ/σ or σ: the place where two laws meet. */
  private static double x(double growth, WellCoordinate coordinate) {
    boolean ratio = coordinate.noise() != PLAN.noise();
    double grown = ratio ? coordinate.grown() : growth / PLAN.noise() * coordinate.well().barrier();
    return Math.log1p(grown) / growth;
  }

  /** τ of the theory times exp of what a function adds to 2X. */
  private static World growing(ToDoubleBiFunction<WellCoordinate, Double> added) {
    return new Otherwise() {
      @Override
      public double growing(GrowthSweep.Kept kept, WellCoordinate coordinate, double theory) {
        return theory * Math.exp(added.applyAsDouble(coordinate, GrowthSweep.abscissa(coordinate)));
      }
    };
  }

  private static World unequal(double own, double first) {
    return new Otherwise() {
      @Override
      public double unequal(boolean any, double theory) {
        return any ? first : own;
      }
    };
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
            points.add(passage(dynamics, PLAN.coordinate(well), 1, time, times.get(i)));
          }
        });
    List<WellPassage> fixedWidth = new ArrayList<>();
    for (double barrier : BARRIERS) {
      QuarticWell well = new QuarticWell(barrier, PLAN.fixedWidth());
      double time = scattered.apply(world.time(WellDynamics.STABLE, well, 1, 50));
      fixedWidth.add(passage(WellDynamics.STABLE, PLAN.coordinate(well), 1, time, Double.NaN));
    }
    List<WellPassage> sideBySide = new ArrayList<>();
    for (int dimension : PLAN.dimensions()) {
      double one = EXACT.get(WellDynamics.POWER_LAW_ITO).get(4);
      WellCoordinate middle = PLAN.middle();
      double time =
          scattered.apply(
              world.time(WellDynamics.POWER_LAW_ITO, middle.well(), dimension, one / dimension));
      sideBySide.add(passage(WellDynamics.POWER_LAW_ITO, middle, dimension, time, one));
    }
    List<WellPassage> unequal = new ArrayList<>();
    for (boolean first : new boolean[] {false, true}) {
      double time = world.unequal(first, first ? UNEQUAL_FIRST : UNEQUAL_OWN);
      unequal.add(
          passage(UNEQUAL.dynamics(), UNEQUAL.own(), 3, scattered.apply(time), UNEQUAL_OWN));
    }
    List<GrowthSweep> sweeps = new ArrayList<>();
    for (GrowthSweep sweep : SWEEPS) {
      List<WellPassage> own = new ArrayList<>();
      for (WellPassage point : sweep.points()) {
        double time = world.growing(sweep.kept(), point.coordinate(), point.exact());
        own.add(
            passage(
                sweep.dynamics(),
                point.coordinate(),
                1,
                scattered.apply(time),
                point.exact(),
                point.formula()));
      }
      sweeps.add(new GrowthSweep(sweep.kept(), sweep.dynamics(), own));
    }
    EpsilonEscapeRun epsilon =
        new EpsilonEscapeRun(PLAN.epsilon(), TIMES, TIMES, TIMES, new SeedMean(0.978, 0.02, 20));
    return new EscapeTimeResults(
            PLAN,
            points,
            fixedWidth,
            sideBySide,
            new UnequalWells(unequal.getFirst(), unequal.getLast(), UNEQUAL_FIRST, UNEQUAL),
            sweeps,
            epsilon)
        .findings();
  }

  private static WellPassage passage(
      WellDynamics dynamics, WellCoordinate coordinate, int dimension, double time, double exact) {
    return passage(dynamics, coordinate, dimension, time, exact, exact);
  }

  private static WellPassage passage(
      WellDynamics dynamics,
      WellCoordinate coordinate,
      int dimension,
      double time,
      double exact,
      double formula) {
    double error = time / Math.sqrt(REPLICAS);
    MeanPassageTime mean =
        new MeanPassageTime(
            time, error, 0, 99, REPLICAS, 0, MeanPassageTime.Method.SAMPLE_MEAN, true);
    Reading reading = new Reading(time, error);
    return new WellPassage(
        dynamics,
        coordinate,
        dimension,
        mean,
        mean,
        new StepHalving(reading, reading, 0.02),
        exact,
        exact / 2,
        formula);
  }
}
