package org.noisescape.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.normals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.krylov.Determinism;
import org.noisescape.krylov.End;
import org.noisescape.krylov.Lanczos;
import org.noisescape.krylov.LanczosOptions;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.linop.DenseMaterialization;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.SymmetricEigen;
import org.noisescape.linop.SymmetricMatrix;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.GradientRows;
import org.noisescape.tensor.DType;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Vectors;

/** Operators and Gram matrices of a network against dense matrices and LAPACK. */
class CurvatureTest {
  private static final int[] IMAGE = {1, 14, 14};
  private static final SymmetricEigen EIGEN = new SymmetricEigen(2);

  /** 196-12-10 on 60 samples, P = 2494. */
  private static Curvature large(DType dtype) {
    Network network = ModelZoo.build("mlp:12", IMAGE, 10);
    ArraySamples samples = ArraySamples.normal(3, 60, IMAGE, 10);
    return Curvature.over(
            EngineUnderTest.HOST.engine(),
            network,
            Losses.parse("ce:0.1"),
            samples,
            CurvatureOptions.of(dtype))
        .at(network.initialParameters(Initialization.GLOROT, 1, 0));
  }

  private static Curvature small(String loss, int outputs, int block, int chunk, long retained) {
    int[] image = {2, 3, 1};
    Network network = ModelZoo.build("mlp:5", image, outputs);
    ArraySamples samples = ArraySamples.normal(3, 13, image, outputs);
    CurvatureOptions options = new CurvatureOptions(DType.FLOAT64, block, chunk, retained);
    return Curvature.over(
            EngineUnderTest.HOST.engine(), network, Losses.parse(loss), samples, options)
        .at(network.initialParameters(Initialization.HE, 1, 0));
  }

  /** The required 1e-6 relative in float64 and 1e-4 in float32. */
  @Test
  void lanczosFindsTheTopEigenvaluesThatLapackFinds() {
    double[] exact;
    try (Curvature curvature = large(DType.FLOAT64);
        SymmetricMatrix dense = dense(curvature.hessian())) {
      exact = EIGEN.values(dense).values();
    }
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      try (Curvature curvature = large(dtype)) {
        LinearOperator hessian = curvature.hessian();
        Determinism.require(hessian, 1);
        double tolerance = dtype == DType.FLOAT64 ? 1e-6 : 1e-4;
        try (RitzPairs top =
            Lanczos.solve(hessian, LanczosOptions.of(hessian, 5, End.LARGEST, 1))) {
          assertThat(top.allConverged()).isTrue();
          for (int i = 0; i < 5; i++) {
            double expected = exact[exact.length - 1 - i];
            close(dtype + " eigenvalue " + i, top.values()[i], expected, tolerance * expected);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mse", "ce", "ce:0.1"})
  void theGramMatrixHasTheNonzeroSpectrumOfTheGaussNewtonMatrix(String loss) {
    try (Curvature curvature = small(loss, 3, 2, 4, 0);
        SymmetricMatrix gram = curvature.gram(GradientRows.GAUSS_NEWTON);
        SymmetricMatrix dense = dense(curvature.gaussNewton())) {
      double[] ofGram = EIGEN.values(gram).values();
      double[] ofDense = EIGEN.values(dense).values();
      double largest = ofDense[ofDense.length - 1];
      assertThat(ofGram).hasSize(39);
      for (int i = 1; i <= Math.min(ofGram.length, ofDense.length); i++) {
        double fromGram = ofGram[ofGram.length - i];
        close("eigenvalue " + i, fromGram, ofDense[ofDense.length - i], 1e-13 * largest);
      }
      assertThat(ofDense[0]).isGreaterThan(-1e-13 * largest);
    }
  }

  @Test
  void theCentredGramMatrixOfTheLossHasTheSpectrumOfTheCovariance() {
    try (Curvature curvature = small("ce", 3, 2, 4, 0);
        SymmetricMatrix gram = curvature.gram(GradientRows.LOSS);
        SymmetricMatrix dense = dense(curvature.covariance())) {
      gram.center();
      double trace = dense.trace();
      close("tr S", gram.trace(), trace, 1e-13 * trace);
      close("noise strength", curvature.noise().noiseStrength(), trace, 1e-13 * trace);
      double[] ofGram = EIGEN.values(gram).values();
      double[] ofDense = EIGEN.values(dense).values();
      for (int i = 1; i <= ofGram.length; i++) {
        double expected = ofDense[ofDense.length - i];
        close("eigenvalue " + i, ofGram[ofGram.length - i], expected, 1e-13 * trace);
      }
    }
  }

  /** Least squares in the last layer: H − G = (1/N) Σ (f − y) ∂²f vanishes where f = y. */
  @Test
  void hessianAndGaussNewtonMatrixDifferByTheResidualsTerm() {
    try (Curvature curvature = small("mse", 1, 2, 4, 0)) {
      LinearOperator h = curvature.hessian();
      LinearOperator g = curvature.gaussNewton();
      try (SymmetricMatrix hessian = dense(h);
          SymmetricMatrix gaussNewton = dense(g)) {
        double difference = 0;
        for (int i = 0; i < h.dimension(); i++) {
          difference = Math.max(difference, Math.abs(hessian.get(i, i) - gaussNewton.get(i, i)));
        }
        // ReLU networks are linear in each weight
        close("diagonal", difference, 0, 1e-13 * gaussNewton.frobeniusNorm());
        assertThat(gaussNewton.frobeniusNorm()).isNotEqualTo(hessian.frobeniusNorm());
      }
    }
  }

  @Test
  void blockChunkAndRetentionChangeProductsByRoundingOnly() {
    int size;
    double[][] reference;
    try (Curvature curvature = small("ce:0.1", 3, 1, 13, Long.MAX_VALUE)) {
      assertThat(curvature.keepsState()).isTrue();
      size = curvature.dimension();
      reference = products(curvature);
    }
    for (int block : new int[] {2, 5}) {
      for (int chunk : new int[] {1, 4, 100}) {
        for (long retained : new long[] {0, Long.MAX_VALUE}) {
          try (Curvature curvature = small("ce:0.1", 3, block, chunk, retained)) {
            double[][] products = products(curvature);
            for (int i = 0; i < reference.length; i++) {
              close("operator " + i, products[i], reference[i], 1e-14 * size * norm(reference[i]));
            }
          }
        }
      }
    }
  }

  @Test
  void stateIsKeptUpToTheLimitToTheByte() {
    long bytes;
    try (Curvature kept = small("ce", 3, 2, 4, Long.MAX_VALUE)) {
      bytes = kept.bytes();
    }
    try (Curvature fits = small("ce", 3, 2, 4, bytes);
        Curvature exceeds = small("ce", 3, 2, 4, bytes - 1)) {
      assertThat(fits.keepsState()).isTrue();
      assertThat(exceeds.keepsState()).isFalse();
      assertThat(exceeds.bytes()).isLessThan(bytes);
    }
  }

  @Test
  void movingToAnotherThetaMovesEveryOperator() {
    try (Curvature curvature = small("ce:0.1", 3, 2, 4, Long.MAX_VALUE)) {
      double[] start = curvature.theta();
      double[][] before = products(curvature);
      double[] other = Vectors.axpy(0.1, normals(9, start.length), start);
      double[][] between = products(curvature.at(other));
      double[][] after = products(curvature.at(start));
      for (int i = 0; i < before.length; i++) {
        assertThat(after[i]).isEqualTo(before[i]);
        assertThat(between[i]).isNotEqualTo(before[i]);
      }
    }
  }

  @Test
  void wrongThetaIsRefusedInOneLine() {
    try (Curvature curvature = small("ce", 3, 1, 4, 0)) {
      double[] theta = curvature.theta();
      theta[4] = Double.NaN;
      assertThatThrownBy(() -> curvature.at(theta))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("parameter 4 of model mlp:5 is NaN");
      assertThatThrownBy(() -> curvature.at(1, 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("has " + theta.length + " parameters, got 2");
    }
  }

  @Test
  void moreMemoryThanThereIsIsRefusedBeforeItIsTaken() {
    Network network = ModelZoo.build("mlp:100000", IMAGE, 10);
    ArraySamples samples = ArraySamples.normal(3, 60, IMAGE, 10);
    CurvatureOptions options = new CurvatureOptions(DType.FLOAT64, 1000, 0, 0);
    assertThatThrownBy(
            () ->
                Curvature.over(
                    EngineUnderTest.HOST.engine(), network, Losses.parse("ce"), samples, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GiB of memory are needed");
  }

  private static double[][] products(Curvature curvature) {
    LinearOperator[] operators = {
      curvature.hessian(), curvature.gaussNewton(), curvature.covariance()
    };
    double[][] products = new double[operators.length][];
    for (int i = 0; i < operators.length; i++) {
      try (SymmetricMatrix dense = dense(operators[i])) {
        double[] v = normals(4, curvature.dimension());
        products[i] = new double[v.length];
        dense.multiply(v, products[i]);
        assertThat(dot(v, products[i])).isNotNaN();
      }
    }
    return products;
  }

  private static SymmetricMatrix dense(LinearOperator operator) {
    return DenseMaterialization.of(operator).matrix();
  }
}
