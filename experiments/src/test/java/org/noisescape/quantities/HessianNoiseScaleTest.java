package org.noisescape.quantities;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DataLocation;
import org.noisescape.datasets.DatasetSource;
import org.noisescape.datasets.TargetMap;
import org.noisescape.linop.LinearOperator;
import org.noisescape.loss.Loss;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.SampleSource;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Tensor;

class HessianNoiseScaleTest {
  /** tr(HS) and gᵀHg from the matrices themselves, column by column. */
  @Test
  void estimateIsThatOfTheMatrices() {
    SampleSource data =
        new DatasetSource(
            Catalogue.load(
                    "gaussian-regression:d=5,n=40,noise=0.5,seed=3",
                    DataLocation.of(Optional.empty(), Map.of()))
                .train(),
            TargetMap.parse("value"));
    Network network = ModelZoo.build("mlp:4", data.imageShape(), 1);
    Loss loss = Losses.parse("mse");
    int size = network.parameterCount();
    ProbeOptions options = new ProbeOptions(3, 1, 1e-6, 0.05, 4000, 1 << 20, 1);
    try (Engine engine = Engines.open("host", 1);
        Curvature curvature =
            Curvature.over(
                engine, network, loss, data, CurvatureOptions.of(DType.FLOAT64).withBlock(3))) {
      curvature.at(network.initialParameters(Initialization.GLOROT, 2, 0));
      double[] h = dense(engine, curvature.hessian(), size);
      double[] s = dense(engine, curvature.covariance(), size);
      double[] g = engine.memory().readDoubles(curvature.gradient());
      double trace = 0;
      double along = 0;
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          trace += h[i * size + j] * s[i * size + j];
          along += g[i] * h[i * size + j] * g[j];
        }
      }
      Finding estimate;
      try (Point point =
          new Point(
              curvature,
              options,
              new Demand(network, loss, data.size(), curvature.hessian().dtype(), options))) {
        estimate = new HessianNoiseScale().measure(point, 0);
      }
      assertThat(along).isPositive();
      assertThat(estimate.converged()).isTrue();
      double error = estimate.errors().getFirst();
      assertThat(error).isLessThanOrEqualTo(0.05 * Math.abs(estimate.value()));
      assertThat(Math.abs(estimate.value() - trace / along)).isLessThan(3.5 * error);
    }
  }

  private static double[] dense(Engine engine, LinearOperator operator, int size) {
    Tensor x = engine.tensor(DType.FLOAT64, size, size);
    Tensor y = engine.tensor(DType.FLOAT64, size, size);
    double[] identity = new double[size * size];
    for (int i = 0; i < size; i++) {
      identity[i * size + i] = 1;
    }
    engine.memory().write(x, identity);
    operator.apply(x, y);
    return engine.memory().readDoubles(y);
  }
}
