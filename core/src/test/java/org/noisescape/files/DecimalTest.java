package org.noisescape.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-0.5, -0.5",
    "+2., 2",
    ".25, 0.25",
    "1e-4, 0.0001",
    "1E+3, 1000",
    "' 7 ', 7",
    "NaN, NaN",
    "-Infinity, -Infinity"
  })
  void decimalNumbersAreRead(String text, double value) {
    assertThat(Decimal.parse(text)).isEqualTo(Double.valueOf(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "1d", "1f", "0x1p-3", "inf", "nan", "--1", "1e", "1,5", "1_000", "."})
  void whatOnlyJavaMeansIsNone(String text) {
    assertThatThrownBy(() -> Decimal.parse(text)).isInstanceOf(NumberFormatException.class);
  }
}
