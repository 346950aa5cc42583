package org.noisescape.experiments.wei.negative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.noisescape.linop.SymmetricEigen;
import org.noisescape.linop.SymmetricMatrix;

class NegativePartTest {
  @Test
  void eigenvaluesBelowZeroAreSummed() {
    // (a b; b a) has the eigenvalues a ± b
    try (SymmetricMatrix matrix = matrix(new double[][] {{1, 3, 0}, {3, 1, 0}, {0, 0, -0.5}})) {
      NegativePart part = NegativePart.of(matrix, new SymmetricEigen(1));

      assertThat(part.sum()).isCloseTo(-2.5, within(1e-14));
      assertThat(part.sumError()).isBetween(0.0, 1e-12);
      assertThat(part.count()).isEqualTo(2);
      assertThat(part.smallest()).isCloseTo(-2, within(1e-14));
      assertThat(part.largest()).isCloseTo(4, within(1e-14));
      assertThat(part.trace()).isCloseTo(1.5, within(1e-14));
      assertThat(matrix.get(0, 1)).isEqualTo(3);
    }
  }

  @Test
  void zeroRowsAreLeftOutAndChangeNothing() {
    double[][] dense = {{1, 3}, {3, 1}};
    double[][] padded = new double[7][7];
    padded[2][2] = 1;
    padded[2][5] = 3;
    padded[5][2] = 3;
    padded[5][5] = 1;
    try (SymmetricMatrix small = matrix(dense);
        SymmetricMatrix large = matrix(padded)) {
      NegativePart expected = NegativePart.of(small, new SymmetricEigen(1));

      assertThat(NegativePart.of(large, new SymmetricEigen(1))).isEqualTo(expected);
      assertThat(expected.active()).isEqualTo(2);
    }
  }

  @Test
  void positiveAndZeroMatricesHaveNone() {
    try (SymmetricMatrix positive = matrix(new double[][] {{2, 1}, {1, 2}});
        SymmetricMatrix zero = matrix(new double[3][3])) {
      assertThat(NegativePart.of(positive, new SymmetricEigen(1)).sum()).isZero();
      assertThat(NegativePart.of(positive, new SymmetricEigen(1)).count()).isZero();
      assertThat(NegativePart.of(zero, new SymmetricEigen(1)).sum()).isZero();
    }
  }

  private static SymmetricMatrix matrix(double[][] elements) {
    SymmetricMatrix matrix = SymmetricMatrix.zeros(elements.length);
    for (int i = 0; i < elements.length; i++) {
      matrix.set(i, 0, 1, elements.length, elements[i]);
    }
    return matrix;
  }
}
