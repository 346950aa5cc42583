package org.noisescape.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;

import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.noisescape.testing.Spectra;

class SpectrumTest {
  @Test
  void effectiveDimensionCountsEqualEigenvalues() {
    close("3 equal", eigenvalues(2, 2, 2, 0, -1).effectiveDimension(), 3, 1e-14);
    close("1", eigenvalues(5).effectiveDimension(), 1, 1e-14);
    close("2 and 1", eigenvalues(1, 2).effectiveDimension(), 9.0 / 5, 1e-14);
    assertThat(eigenvalues(-1, 0).effectiveDimension()).isNaN();
  }

  @Test
  void sumsAreSums() {
    Spectrum values = eigenvalues(-1, 3, -2, 0.5);
    assertThat(values.values()).containsExactly(3, 0.5, -1, -2);
    assertThat(values.trace()).isEqualTo(0.5);
    assertThat(values.negativeSum()).isEqualTo(-3);
    close("norm", values.frobenius(), Math.sqrt(14.25), 1e-15);
    assertThatThrownBy(() -> eigenvalues(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  /**
   * Sample covariances of n = 400 in 100 dimensions: bulk below (1 + √¼)² = 2.25, spikes σ² at σ²(1
   * + ¼/(σ² − 1)) (Baik and Silverstein 2006).
   */
  @Test
  void plantedSpikesAreCounted() {
    for (int spikes : new int[] {0, 1, 3, 10}) {
      for (int seed = 0; seed < 20; seed++) {
        OutlierRule.Outliers found = wishart(seed, spikes).outliers(OutlierRule.DEFAULT);
        assertThat(found.count()).as("%d spikes, seed %d", spikes, seed).isEqualTo(spikes);
        assertThat(found.isSharp()).isEqualTo(spikes > 0);
        close("edge", found.edge(), 2.25, 0.35);
      }
    }
  }

  /** A bulk that is zero is infinitely far away, and its rounding is no bulk. */
  @Test
  void eigenvaluesWithinRoundingAreNeitherOutliersNorBulk() {
    for (int rank : new int[] {1, 2, 8, 20, 37}) {
      double[] values =
          Spectra.values(80, i -> i < rank ? 3 + 1.0 / (1 + i) : 1e-9 * Math.cos(i) / (1 + i));
      OutlierRule.Outliers found = new Spectrum(values).outliers(OutlierRule.DEFAULT, 1e-8);
      assertThat(found.count()).isEqualTo(rank);
      assertThat(found.above()).isEqualTo(rank);
      assertThat(found.edge()).isZero();
      assertThat(found.floor()).isEqualTo(1e-8);
    }
    // a bulk of its own above the floor, too large for all to be candidates
    double[] bulk = Spectra.values(80, i -> i < 3 ? 100 - i : i < 70 ? 2 - 0.01 * i : 1e-9);
    assertThat(new Spectrum(bulk).outliers(OutlierRule.DEFAULT, 1e-8).count()).isEqualTo(3);
    double[] none = Spectra.values(80, i -> 1e-9 * Math.cos(i));
    assertThat(new Spectrum(none).outliers(OutlierRule.DEFAULT, 1e-8).count()).isZero();
  }

  private static Spectrum wishart(long seed, int spikes) {
    RealMatrix x = Spectra.normals(seed, 400, 100);
    for (int c = 0; c < spikes; c++) {
      double sigma = Math.sqrt(8 * Math.pow(1.6, c));
      for (int r = 0; r < 400; r++) {
        x.multiplyEntry(r, c, sigma);
      }
    }
    return new Spectrum(
        Spectra.eigenvalues(x.transposeMultiply(x).scalarMultiply(1.0 / 400).getData()));
  }

  @Test
  void aSpectrumWithoutAnEdgeHasNoOutliersAndSaysSo() {
    Spectrum geometric = eigenvalues(Spectra.values(100, i -> Math.pow(0.5, i)));
    OutlierRule.Outliers found = geometric.outliers(OutlierRule.DEFAULT);
    assertThat(found.count()).isZero();
    assertThat(found.isSharp()).isFalse();
    close("sharpness", found.sharpness(), 1, 1e-9);
    assertThat(found.edge()).isEqualTo(1);
  }

  @Test
  void shortListsAndEqualValuesAreNoOutliers() {
    assertThat(eigenvalues().outliers(OutlierRule.DEFAULT).count()).isZero();
    assertThat(eigenvalues(10, 1, 1).outliers(OutlierRule.DEFAULT).count()).isZero();
    assertThat(eigenvalues(Spectra.values(40, i -> 1)).outliers(OutlierRule.DEFAULT).count())
        .isZero();
    Spectrum rounded = eigenvalues(Spectra.values(40, i -> i == 3 ? 1 + 1e-12 : 1));
    assertThat(rounded.outliers(OutlierRule.DEFAULT).count()).isZero();
    Spectrum one = eigenvalues(Spectra.values(40, i -> i == 0 ? 2 : 1));
    assertThat(one.outliers(OutlierRule.DEFAULT).count()).isEqualTo(1);
    assertThat(one.outliers(OutlierRule.DEFAULT).sharpness()).isInfinite();
  }

  private static Spectrum eigenvalues(double... values) {
    return new Spectrum(values);
  }
}
