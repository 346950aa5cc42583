package org.noisescape.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;

import java.util.Arrays;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource({
    "0, 1, 2, 1",
    "1, 0, 2, 1",
    "1, 1, 1, 1",
    "1, 1, NaN, 1",
    "1, 1, 2, 0.9",
    "1, 1, 2, NaN"
  })
  void rulesThatMakeNoSenseAreRefused(int candidates, int window, double factor, double ratio) {
    assertThatThrownBy(() -> new OutlierRule(candidates, window, factor, ratio))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("%d, %d, %s, %s".formatted(candidates, window, factor, ratio));
  }

  /** Eigenvalues 2^e: distances are differences of e, in units of log 2. */
  @ParameterizedTest
  @CsvSource({
    // distances 6 1 1 1 1: six medians of what follows
    "10 4 3 2 1 0, 5, 2, 6, 2, 1, 4, 6",
    "10 4 3 2 1 0, 5, 2, 6.1, 2, 0, 10, 6",
    // at least a factor 2⁶ apart, or not
    "10 4 3 2 1 0, 5, 2, 6, 64, 1, 4, 6",
    "10 4 3 2 1 0, 5, 2, 6, 65, 0, 10, 0",
    // distances 1 6 3 1 1: three medians of 3 and 1, and then of 1 and 1
    "12 11 5 2 1 0, 5, 2, 3, 2, 3, 2, 3",
    "12 11 5 2 1 0, 2, 2, 3, 2, 2, 5, 3",
    "12 11 5 2 1 0, 5, 3, 6, 2, 2, 5, 6",
    "12 11 5 2 1 0, 1, 2, 3, 2, 0, 12, 0.2222222222222222",
    // distances 6 3 1 2: the median of an odd window, whatever its order
    "12 6 3 2 0, 5, 3, 3, 2, 1, 6, 3",
    // the last window is that of the third distance
    "12 11 10 4 3 2, 5, 2, 6, 2, 3, 4, 6",
    "12 11 10 9 3 2, 5, 2, 6, 2, 0, 12, 1",
    // the sharper of two is not the edge where another comes later
    "22 10 9 8 2 1 0, 6, 2, 6, 2, 4, 2, 6"
  })
  void theEdgeIsTheLastDistanceThatIsManyMediansOfTheNext(
      String exponents,
      int candidates,
      int window,
      double factor,
      double ratio,
      int count,
      int edge,
      double sharpness) {
    double[] values =
        Arrays.stream(exponents.split(" "))
            .mapToDouble(e -> Math.pow(2, Integer.parseInt(e)))
            .toArray();
    OutlierRule.Outliers found =
        new Spectrum(values)
            .outliers(new OutlierRule(candidates, window, factor - 1e-9, ratio - 1e-9));
    assertThat(found.count()).isEqualTo(count);
    assertThat(found.edge()).isEqualTo(Math.pow(2, edge));
    close("sharpness", found.sharpness(), sharpness, 1e-12);
    assertThat(found.above()).isEqualTo(values.length);
  }

  /** What lies within the floor is a bulk of zeros, unless something is clearly negative. */
  @ParameterizedTest
  @CsvSource({
    "3, 1, 2, true",
    "3, -1, 2, true",
    "3, -1.5, 2, false",
    "2, 1, 2, true",
    "1, 1, 2, false",
    "3, 2, 3, false"
  })
  void zerosAreAnEdgeForAsManyAsAreCandidates(
      int candidates, double last, int above, boolean sharp) {
    OutlierRule.Outliers found =
        eigenvalues(4, 3, last).outliers(new OutlierRule(candidates, 5, 2, 1), 1);
    assertThat(found.isSharp()).isEqualTo(sharp);
    assertThat(found.count()).isEqualTo(sharp ? 2 : 0);
    assertThat(found.above()).isEqualTo(above);
  }

  @Test
  void atItsThresholdsTheRuleHolds() {
    Spectrum values = eigenvalues(1024, 16, 8);
    double factor = Math.log(64) / Math.log(2);
    assertThat(values.outliers(new OutlierRule(1, 1, factor, 64)).count()).isEqualTo(1);
    assertThat(values.outliers(new OutlierRule(1, 1, Math.nextUp(factor), 64)).count()).isZero();
    assertThat(values.outliers(new OutlierRule(1, 1, factor, 65)).count()).isZero();
    // equal values are not apart, whatever the ratio
    OutlierRule.Outliers equal = eigenvalues(2, 2, 2).outliers(new OutlierRule(1, 1, 2, 1));
    assertThat(equal.sharpness()).isZero();
    // zeros are a bulk only within a floor, and of something
    assertThat(eigenvalues(4, 3, 0).outliers(new OutlierRule(3, 5, 2, 1), 0).count()).isZero();
    assertThat(eigenvalues(0, 0).outliers(new OutlierRule(3, 5, 2, 1), 1).edge()).isNaN();
  }

  private static Spectrum eigenvalues(double... values) {
    return new Spectrum(values);
  }
}
