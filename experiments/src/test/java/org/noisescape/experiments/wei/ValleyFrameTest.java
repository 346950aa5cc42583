package org.noisescape.experiments.wei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.normals;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.noisescape.curvature.Curvature;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.LandscapeRuns;
import org.noisescape.experiments.frame.SettingRows;
import org.noisescape.linop.DenseMaterialization;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.SymmetricEigen;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;

/** The frame and twin labels at a minimum of a network of 61 parameters and 5 samples. */
class ValleyFrameTest {
  private static final int CURVED = 5;
  private static final double SIGMA = 0.7;
  private static Engine engine;
  private static Curvature single;
  private static Curvature twins;
  private static double[] theta;

  @BeforeAll
  static void descend() {
    ExperimentRequest request =
        LandscapeRuns.request(
            Path.of("unused"),
            1,
            "dataset",
            "digits:train=5,test=0,size=3",
            "subset",
            "5",
            "width",
            "5",
            "layers",
            "1");
    SettingRows rows =
        SettingRows.of(
            SettingRows.row("dataset", "", ""),
            SettingRows.row("subset", "", ""),
            SettingRows.row("width", "", ""),
            SettingRows.row("layers", "", ""));
    ValleyNetwork valley = ValleyNetwork.of(rows.read("test", request), request);
    engine = Engines.open("auto", 1);
    theta = valley.descend(engine, request, 0.3, 60_000, 1);
    single = valley.curvature(engine, request);
    twins = valley.curvature(engine, new TwinLabels(valley.samples(), SIGMA), request);
  }

  @AfterAll
  static void close() {
    twins.close();
    single.close();
    engine.close();
  }

  private static double[] moved(double[] direction, double step) {
    double[] moved = theta.clone();
    ValleyFrame.add(step, direction, moved);
    return moved;
  }

  private static double[] eigenvalues(double... at) {
    try (DenseMaterialization dense = DenseMaterialization.of(single.at(at).hessian())) {
      double[] all = new SymmetricEigen(1).values(dense.matrix()).values();
      double[] top = new double[CURVED];
      Arrays.setAll(top, i -> all[all.length - 1 - i]);
      return top;
    }
  }

  @Test
  void eigenvaluesAndTheirGradientsAreThoseOfTheDenseHessian() {
    ValleyFrame frame = ValleyFrame.of(single.at(theta), CURVED, 1);
    assertThat(single.noise().value().loss()).isLessThan(1e-20);
    assertThat(Math.abs(frame.next())).isLessThan(1e-9 * frame.eigenvalues()[CURVED - 1]);
    double[] direction = normals(4, theta.length);
    double step = 1e-5 / norm(direction);
    double[] exact = eigenvalues(theta);
    double[] ahead = eigenvalues(moved(direction, step));
    double[] behind = eigenvalues(moved(direction, -step));
    for (int i = 0; i < CURVED; i++) {
      assertThat(frame.eigenvalues()[i]).isCloseTo(exact[i], within(1e-10 * exact[0]));
      assertThat(dot(frame.gradients()[i], direction))
          .isCloseTo((ahead[i] - behind[i]) / (2 * step), within(1e-4 * norm(direction)));
    }
  }

  /** Along the valley, so that tr H is tr G. */
  @Test
  void theSlopesAlongTheValleySumToThatOfTheTrace() {
    ValleyFrame frame = ValleyFrame.of(single.at(theta), CURVED, 1);
    double[] direction = frame.along(normals(5, theta.length));
    assertThat(norm(frame.coordinates(direction))).isLessThan(1e-10);
    double sum = 0;
    for (double[] slope : frame.slopes()) {
      assertThat(norm(frame.coordinates(slope))).isLessThan(1e-8);
      sum += dot(slope, direction);
    }
    double step = 1e-5;
    double ahead = single.at(moved(direction, step)).gaussNewtonTrace();
    double behind = single.at(moved(direction, -step)).gaussNewtonTrace();
    assertThat(Math.abs(sum)).isGreaterThan(0.01);
    assertThat(sum).isCloseTo((ahead - behind) / (2 * step), within(1e-5 * Math.abs(sum)));
    double[] whole = new double[theta.length];
    for (double[] gradient : frame.gradients()) {
      ValleyFrame.add(1, gradient, whole);
    }
    assertThat(frame.wholeSlope()).isCloseTo(dot(whole, whole), within(1e-12 * dot(whole, whole)));
    double[] along = frame.along(whole);
    // -(eta^2/4) s |grad T|^2 with eta = 3, s = 2
    assertThat(frame.drift(3).traceRate(2))
        .isCloseTo(-4.5 * dot(along, along), within(1e-9 * dot(along, along)));
  }

  @Test
  void twinLabelsKeepTheHessianAndMakeNoiseAlignedWithIt() {
    double[] vector = normals(6, theta.length);
    double[] hessian = product(single, single.at(theta).hessian(), vector);
    double[] twin = product(twins, twins.at(theta).hessian(), vector);
    double[] noise = product(twins, twins.covariance(), vector);
    for (int i = 0; i < hessian.length; i++) {
      assertThat(twin[i]).isCloseTo(hessian[i], within(1e-7 * norm(hessian)));
      // targets are stored in single precision
      assertThat(noise[i]).isCloseTo(SIGMA * SIGMA * hessian[i], within(1e-6 * norm(hessian)));
    }
    assertThat(twins.noise().value().loss()).isCloseTo(SIGMA * SIGMA / 2, within(1e-6));
    assertThat(single.noise().noiseStrength()).isLessThan(1e-18);
  }

  private static double[] product(Curvature curvature, LinearOperator operator, double... vector) {
    try (Arena arena = engine.arena()) {
      var x = arena.reserve(operator.dtype(), 1, vector.length);
      var y = arena.reserve(operator.dtype(), 1, vector.length);
      arena.commit();
      engine.memory().write(x, vector);
      operator.apply(x, y);
      assertThat(curvature.dimension()).isEqualTo(vector.length);
      return engine.memory().readDoubles(y);
    }
  }
}
