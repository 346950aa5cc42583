package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
  @ParameterizedTest
  @CsvSource({
    "0.97247, 0.0060488, 0.9725 ± 0.0060",
    "1.5, 0.25, 1.50 ± 0.25",
    "3, 0, 3",
    "12345.678, NaN, 12350",
    "0.000012346, 0, 1.235e-5",
    "NaN, 1, –",
    "1500, 300, 1500 ± 300"
  })
  void valueIsShownToTheSecondDigitOfItsError(double value, double error, String text) {
    assertThat(NumberText.withError(value, error)).isEqualTo(text);
  }
}
