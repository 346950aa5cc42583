package org.noisescape.theory.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.noisescape.theory.passage.GaussPanel.NODES;
import static org.noisescape.theory.passage.GaussPanel.ORDER;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The parts of the quadrature, each against what it stands for. */
class QuadratureTest {
  private static final double NONE = Double.NEGATIVE_INFINITY;

  @Test
  void sumsOfLogarithmsNeitherOverflowNorForget() {
    assertThat(LogSum.sum(Math.log(3), Math.log(5))).isCloseTo(Math.log(8), offset(1e-15));
    assertThat(LogSum.sum(1000, 999)).isCloseTo(1000 + Math.log1p(Math.exp(-1)), offset(1e-12));
    assertThat(LogSum.sum(-1000, NONE)).isEqualTo(-1000);
    assertThat(LogSum.sum(NONE, NONE)).isEqualTo(NONE);
    LogSum sum = new LogSum();
    assertThat(sum.log()).isEqualTo(NONE);
    sum.add(Math.log(2));
    sum.add(Math.log(7));
    assertThat(sum.log()).isCloseTo(Math.log(9), offset(1e-15));
  }

  /** Ten nodes integrate up to degree 9 within a panel, and up to 19 over the whole of it. */
  @Test
  void panelsIntegratePolynomialsExactly() {
    double[] values = new double[ORDER + 2];
    for (int degree = 0; degree < 2 * ORDER; degree++) {
      for (int i = 0; i < ORDER; i++) {
        values[2 + i] = Math.pow(NODES[i], degree);
      }
      double low = Math.pow(-1, degree + 1);
      double whole = (1 - low) / (degree + 1);
      assertThat(GaussPanel.whole(values, 2))
          .as("degree %s", degree)
          .isCloseTo(whole, offset(1e-14));
      for (int i = 0; degree < ORDER && i < ORDER; i++) {
        double partial = (Math.pow(NODES[i], degree + 1) - low) / (degree + 1);
        assertThat(GaussPanel.partial(i, values, 2)).isCloseTo(partial, offset(1e-14));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Coordinate.Kind.class)
  void coordinatesComeBackAndHaveTheirSlope(Coordinate.Kind kind) {
    Coordinate coordinate = new Coordinate(0.7, 1.9, kind);
    for (double u : new double[] {-3, -0.4, 0, 0.01, 1, 2.5}) {
      assertThat(coordinate.inverse(coordinate.position(u))).isCloseTo(u, offset(1e-14));
      double slope = (coordinate.position(u + 1e-5) - coordinate.position(u - 1e-5)) / 2e-5;
      assertThat(coordinate.jacobian(u) / slope).isCloseTo(1, offset(1e-9));
    }
    assertThat(coordinate.inverse(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void coordinatesAreThoseOfTheirNames() {
    assertThat(new Coordinate(1, 2, Coordinate.Kind.LINEAR).position(3)).isEqualTo(7);
    assertThat(new Coordinate(1, 2, Coordinate.Kind.SINH).position(3))
        .isEqualTo(1 + 2 * Math.sinh(3));
    Coordinate exponential = new Coordinate(1, 2, Coordinate.Kind.EXPONENTIAL);
    assertThat(exponential.position(3)).isEqualTo(1 + 2 * Math.exp(3));
    assertThat(exponential.inverse(1)).isEqualTo(-40);
    // near the centre asinh x = x, far from it log 2x: no digit is lost
    Coordinate sinh = new Coordinate(0, 1, Coordinate.Kind.SINH);
    assertThat(sinh.inverse(-1e-12) / -1e-12).isCloseTo(1, offset(1e-15));
    assertThat(sinh.inverse(1e100)).isCloseTo(Math.log(2) + 100 * Math.log(10), offset(1e-12));
  }

  @Test
  void meshesCutEachSegmentIntoEquallyMany() {
    Mesh mesh = new Mesh(new Coordinate(1, 2, Coordinate.Kind.LINEAR), 2, -1, 0, 3, 3);
    assertThat(mesh.boundaries).containsExactly(-1, -0.5, 0, 1.5, 3, 3, 3);
    assertThat(mesh.panels()).isEqualTo(6);
    assertThat(mesh.segments()).isEqualTo(3);
    assertThat(mesh.panelAt(2)).isEqualTo(4);
    assertThat(mesh.positions).hasSize(6 * ORDER);
    for (int i = 0; i < ORDER; i++) {
      // u = 3/4 + 3/4 node, and w = 1 + 2u
      double u = 0.75 + 0.75 * NODES[i];
      assertThat(mesh.positions[2 * ORDER + i]).isCloseTo(1 + 2 * u, offset(1e-15));
      assertThat(mesh.measures[2 * ORDER + i]).isEqualTo(1.5);
      assertThat(mesh.measures[5 * ORDER + i]).isZero();
    }
  }

  /** The panels 8, 16, … of a rule whose logarithm is a function of their number. */
  private static Integral refined(List<Integer> asked, boolean resolved, double... logs) {
    return Refinement.refine(
        each -> {
          double log = logs[Math.min(asked.size(), logs.length - 1)];
          asked.add(each);
          return new Refinement.Level(log, resolved, 3 * each);
        });
  }

  @Test
  void refinementEndsAfterTwoSmallChanges() {
    List<Integer> asked = new ArrayList<>();
    double tiny = 1e-11;
    Integral integral = refined(asked, true, 1, 2, 2 + tiny, 3, 3 + tiny, 3 + 3 * tiny, 4);
    assertThat(asked).containsExactly(8, 16, 32, 64, 128, 256);
    assertThat(integral.converged()).isTrue();
    assertThat(integral.logValue()).isEqualTo(3 + 3 * tiny);
    assertThat(integral.value()).isEqualTo(Math.exp(3 + 3 * tiny));
    assertThat(integral.relativeError()).isCloseTo(2 * tiny, offset(1e-15));
    assertThat(integral.panels()).isEqualTo(3 * 256);
  }

  @Test
  void refinementOfAConstantClaimsNoMoreThanItsRounding() {
    Integral integral = refined(new ArrayList<>(), true, 1);
    assertThat(integral.converged()).isTrue();
    assertThat(integral.relativeError()).isEqualTo(1e-13);
    assertThat(integral.panels()).isEqualTo(3 * 32);
  }

  @Test
  void whatIsNotResolvedOrNotCalmDoesNotConverge() {
    List<Integer> asked = new ArrayList<>();
    Integral integral = refined(asked, false, 1);
    assertThat(integral.converged()).isFalse();
    assertThat(asked).hasSize(11).endsWith(4096, 8192);
    asked.clear();
    Integral broken = refined(asked, true, 1, Double.NaN);
    assertThat(broken.converged()).isFalse();
    assertThat(broken.value()).isNaN();
    assertThat(asked).containsExactly(8, 16);
  }

  /** Ψ = 2gw/σ² of a constant slope changes by 2g/σ² times the width of a panel. */
  @ParameterizedTest
  @CsvSource({"70, 9, true", "70, 8, false", "-70, 9, true", "-70, 8, false", "NaN, 9, false"})
  void densitiesAreResolvedWhereTheyChangeLittleWithinAPanel(
      double slope, int panels, boolean resolved) {
    Mesh mesh = new Mesh(new Coordinate(0, 1, Coordinate.Kind.LINEAR), panels, 0, 1);
    Diffusion diffusion = Diffusion.additive(w -> slope / 2, 1);
    assertThat(LogDensities.of(diffusion, mesh, panels).resolved).isEqualTo(resolved);
  }

  @Test
  void oneSteepPanelIsEnoughForDensitiesNotToBeResolved() {
    Mesh mesh = new Mesh(new Coordinate(0, 1, Coordinate.Kind.LINEAR), 8, 0, 1);
    for (int steep = 0; steep < 8; steep++) {
      double low = steep / 8.0;
      Diffusion diffusion = Diffusion.additive(w -> w > low && w < low + 0.125 ? 50 : 1, 1);
      assertThat(LogDensities.of(diffusion, mesh, 3).resolved).as("panel %s", steep).isFalse();
    }
    assertThat(LogDensities.of(Diffusion.additive(w -> 1, 1), mesh, 3).resolved).isTrue();
  }

  /** The speed density e^−c|w| of one side: log m = −cw + w on a scale where w = sinh u. */
  @ParameterizedTest
  @CsvSource({"-1, 2", "1, 2", "-1, 0.001", "1, 0.001"})
  void tailsEndWhereTheIntegrandHasFallenByFifty(int side, double rate) {
    ScaleAndSpeed process = new ScaleAndSpeed(w -> 0, w -> -rate * Math.abs(w));
    Coordinate coordinate = new Coordinate(0, 1, Coordinate.Kind.SINH);
    double end = Tail.end(process, coordinate, w -> 0, side);
    assertThat(Math.signum(end)).isEqualTo(side);
    // the integrand m(w) dw/du = e^(−c sinh u) cosh u is highest where c sinh u·… is about 1
    double highest = NONE;
    double fallen = Double.NaN;
    for (int k = 0; k < 16 * 600; k++) {
      double u = (k + 0.5) / 16;
      double log = -rate * Math.sinh(u) + Math.log(Math.cosh(u));
      highest = Math.max(highest, log);
      if (log < highest - 50) {
        fallen = u;
        break;
      }
    }
    assertThat(Math.abs(end)).isCloseTo(fallen, offset(2.0 / 16));
  }

  @Test
  void weightsMoveTheEndOfATailOut() {
    ScaleAndSpeed process = new ScaleAndSpeed(w -> 0, w -> -Math.abs(w));
    Coordinate coordinate = new Coordinate(0, 1, Coordinate.Kind.SINH);
    double plain = Tail.end(process, coordinate, w -> 0, 1);
    // e^−w/2 instead of e^−w falls by 50 at twice the distance: asinh 100 − asinh 50 = log 2
    double weighted = Tail.end(process, coordinate, w -> Math.abs(w) / 2, 1);
    assertThat(weighted - plain).isCloseTo(Math.log(2), offset(2.0 / 16));
  }

  @Test
  void aTailThatDoesNotFallHasNoEnd() {
    ScaleAndSpeed flat = new ScaleAndSpeed(w -> 0, w -> 0);
    Coordinate coordinate = new Coordinate(0, 1, Coordinate.Kind.SINH);
    assertThat(Tail.end(flat, coordinate, w -> 0, 1)).isNaN();
    assertThat(Tail.end(flat, coordinate, w -> 0, -1)).isNaN();
  }
}
