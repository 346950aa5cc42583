package org.noisescape.quantities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityRequestTest {
  @ParameterizedTest
  @CsvSource({
    "loss, loss, 0",
    "hessian-top, hessian-top:5, 5",
    "hessian-top:5, hessian-top:5, 5",
    "hessian-top:12, hessian-top:12, 12"
  })
  void textBecomesARequestAndBack(String text, String written, int k) {
    QuantityRequest request = QuantityRequest.parse(text);
    assertThat(request.k()).isEqualTo(k);
    assertThat(request.text()).isEqualTo(written);
    assertThat(QuantityRequest.parse(written)).isEqualTo(request);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hessian-tpo:5 | unknown quantity 'hessian-tpo', did you mean 'hessian-top'?",
        "hessian-top:0 | hessian-top: K must be >= 1, got 0",
        "hessian-top:-3 | hessian-top: K must be >= 1, got -3",
        "hessian-top: | K must be a whole number, write for example hessian-top:5",
        "hessian-top:all | K must be a whole number, write for example hessian-top:5",
        "hessian-top:2.5 | K must be a whole number, write for example hessian-top:5",
        "loss:2 | loss takes no argument, write loss"
      })
  void badTextIsOneLineWithTheRemedy(String text, String expected) {
    assertThatThrownBy(() -> QuantityRequest.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aQuantityIsMeasuredOnce() {
    assertThat(QuantityRequest.parseAll(List.of("loss", " hessian-top")))
        .extracting(QuantityRequest::text)
        .containsExactly("loss", "hessian-top:5");
    assertThatThrownBy(() -> QuantityRequest.parseAll(List.of("hessian-top:3", "hessian-top:7")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hessian-top is asked for twice, with 3 and 7: ask once, with the larger");
  }

  @Test
  void everyQuantitySaysWhatItsArgumentIs() {
    for (Quantity quantity : Quantities.all()) {
      assertThat(quantity.name()).matches("[a-z]+(-[a-z]+)*");
      assertThat(quantity.key()).matches("[a-z]+(_[a-z]+)*");
      assertThat(quantity.help()).doesNotContain("\n");
      assertThat(quantity.help().contains("(K = " + quantity.preset() + " unless given)"))
          .as(quantity.name())
          .isEqualTo(quantity.takesArgument());
      assertThat(quantity.description().contains("K"))
          .as(quantity.name())
          .isEqualTo(quantity.takesArgument());
    }
  }
}
