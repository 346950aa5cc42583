package org.noisescape.dynamics.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.testing.WrongArguments.NEGATIVE;
import static org.noisescape.testing.WrongArguments.NOT_POSITIVE;
import static org.noisescape.testing.WrongArguments.NO_COUNT;
import static org.noisescape.testing.WrongArguments.refused;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Every argument of landscapes and their noises is refused outside its range, and not at it. */
class LandscapeArgumentsTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final Parabola PARABOLA = new Parabola(2, 0);

  @Test
  void curves() {
    refused("a parabola", v -> new Parabola(v, 0), Double.NaN, INFINITY);
    refused("a parabola", v -> new Parabola(1, v), Double.NaN, INFINITY);
    refused("the barrier", v -> new QuarticWell(v, 1), NOT_POSITIVE);
    refused("half the distance", v -> new QuarticWell(1, v), NOT_POSITIVE);
    refused("the curvature", v -> QuarticWell.ofCurvature(1, v), NOT_POSITIVE);
    refused("the factor", v -> new PowerWell(v, 2, 2), NOT_POSITIVE);
    refused("a power well", v -> new PowerWell(1, v, 2), 1.9, 64.1, Double.NaN);
    refused("a power well", v -> new PowerWell(1, 2, v), 1.9, 64.1, Double.NaN);
    refused("walls", v -> new ParabolicWalls(PARABOLA, v, 1), 1, 2, Double.NaN, -INFINITY);
    refused("walls", v -> new ParabolicWalls(PARABOLA, -1, v), -1, -2, Double.NaN, INFINITY);
    assertThat(new PowerWell(1, 2, 64).value(0)).isEqualTo(1);
    assertThat(new PowerWell(1, 64, 2).value(0)).isEqualTo(1);
  }

  @Test
  void wallsAreAsSteepAsTheirSteeperEnd() {
    QuarticWell well = new QuarticWell(1, 1);
    // 4(3w² − 1)
    assertThat(new ParabolicWalls(well, -1, 2).steepness()).isCloseTo(44, within(1e-13));
    assertThat(new ParabolicWalls(well, -2, 1).steepness()).isCloseTo(44, within(1e-13));
    ParabolicWalls walls = new ParabolicWalls(well, -1, 2);
    assertThat(walls.value(2)).isCloseTo(9, within(1e-14));
    // slope 24 and curvature 44 at 2
    assertThat(walls.value(2.5)).isCloseTo(9 + 12 + 5.5, within(1e-13));
    assertThat(walls.slope(2.5)).isCloseTo(24 + 22, within(1e-13));
  }

  @Test
  void forms() {
    refused("a quadratic landscape", v -> new Quadratic(new double[(int) v]), 0, 2, 3, 5);
    refused("a quadratic landscape", v -> new Quadratic(new double[] {1, 2, v, 1}), 3, Double.NaN);
    refused("a quadratic form", () -> new QuadraticForm(1, new double[1], new double[2]));
    refused("a separable landscape", () -> new Separable(List.of()));
    refused("a valley needs", () -> Valley.flat(1));
    refused("a valley needs", v -> Valley.flat((int) v, QuadraticForm.constant(1)), NO_COUNT);
    refused("the valley has 2", () -> Valley.flat(2, new AbsoluteForm(1, 1, 1, 1)));
    refused(
        "the valley has 2",
        () -> new Valley(List.of(QuadraticForm.constant(1)), QuadraticForm.slope(1), 2));
    Valley valley = Valley.flat(2, QuadraticForm.constant(3));
    assertThat(valley.dimension()).isEqualTo(3);
    assertThat(valley.curved()).isEqualTo(1);
    assertThat(Quadratic.diagonal(1, 2, 3).dimension()).isEqualTo(3);
    assertThat(new Quadratic(new double[] {5}).dimension()).isEqualTo(1);
    assertThat(new AbsoluteForm(2, 1, -3).inner(new double[] {9, 4, 1}, 1)).isEqualTo(1);
  }

  @Test
  void samples() {
    refused("linear regression", v -> new LinearRegression((int) v, new double[0], one()), 0, -1);
    refused("linear regression", () -> new LinearRegression(1, new double[0], new double[0]));
    refused("linear regression", () -> new LinearRegression(2, new double[3], one()));
    Separable base = Separable.of(PARABOLA, PARABOLA);
    refused("displacements", v -> new DisplacedCopies(base, new double[(int) v]), 0, 1, 3);
    refused("displacements", v -> DisplacedCopies.normal(base, 3, v, 1), NEGATIVE);
    refused("samples", v -> DisplacedCopies.normal(base, (int) v, 1, 1), NO_COUNT);
    LinearRegression regression = new LinearRegression(1, new double[] {2}, new double[] {3});
    assertThat(regression.inputs()).containsExactly(2);
    assertThat(regression.targets()).containsExactly(3);
    assertThat(regression.samples()).isEqualTo(1);
    // ½ (2·5 − 3)²
    assertThat(regression.value(new double[] {5})).isCloseTo(24.5, within(1e-13));
    DisplacedCopies resting = DisplacedCopies.normal(base, 3, 0, 1);
    assertThat(resting.samples()).isEqualTo(3);
    assertThat(resting.dimension()).isEqualTo(2);
    assertThat(resting.value(new double[] {1, 2})).isCloseTo(5, within(1e-14));
  }

  private static double[] one() {
    return new double[1];
  }

  @Test
  void noises() {
    refused("white noise", DiagonalNoise::white, NEGATIVE);
    refused("constant noise", v -> DiagonalNoise.constant(1, v), NEGATIVE);
    refused(
        "noise designed",
        v -> ValleyNoise.designed(Valley.absolute(), v, lambda -> lambda),
        NEGATIVE);
    refused("noise of the leading", v -> DiagonalNoise.leading(1, v), NEGATIVE);
    refused("directions", v -> DiagonalNoise.leading((int) v, 1), -1);
    refused("the constant part", v -> DiagonalNoise.powerLaw(v, 1, 0), NEGATIVE);
    refused("the quadratic part", v -> DiagonalNoise.powerLaw(1, v, 0), NEGATIVE);
    refused("the step of time", v -> DiffusionNoise.ito(v, (theta, into) -> {}), NOT_POSITIVE);
    refused("noise aligned", HessianNoise::new, NEGATIVE);
    refused("the step of time", v -> new StableNoise(v, 1, 1), NOT_POSITIVE);
    refused("the index alpha", v -> new StableNoise(1, v, 1), 0, 2.1, Double.NaN);
    refused("the scale", v -> new StableNoise(1, 1, v), NEGATIVE);
    refused("the batch", v -> new MiniBatchNoise((int) v), NO_COUNT);
    refused("mini-batch noise", () -> new MiniBatchNoise(1).bind(Quadratic.diagonal(1)));
    refused("noise aligned", v -> ValleyNoise.aligned(Valley.absolute(), v), NEGATIVE);
    refused(
        "noise designed",
        v -> ValleyNoise.designed(Valley.absolute(), v, lambda -> lambda),
        NEGATIVE);
    refused("noise of the leading", v -> ValleyNoise.isotropic(Valley.absolute(), v), NEGATIVE);
  }
}
