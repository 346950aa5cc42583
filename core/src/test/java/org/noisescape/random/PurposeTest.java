package org.noisescape.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class PurposeTest {
  /** All random numbers of every run that is kept rest on these. */
  @Test
  void thePurposesOfThisProjectKeepTheirNumbers() {
    assertThat(
            List.of(
                Purpose.INITIALIZATION,
                Purpose.SAMPLING,
                Purpose.STATE_DEPENDENT_NOISE,
                Purpose.ADDITIVE_NOISE,
                Purpose.SYNTHETIC_DATA,
                Purpose.ESTIMATOR,
                Purpose.BOOTSTRAP,
                Purpose.GRADIENT_NOISE,
                Purpose.LABELS,
                Purpose.LABEL_NOISE,
                Purpose.AUGMENTATION,
                Purpose.VALIDATION,
                Purpose.DROPOUT))
        .isEqualTo(Purpose.builtIn());
    for (int i = 0; i < Purpose.builtIn().size(); i++) {
      assertThat(Purpose.builtIn().get(i).number()).isEqualTo(i);
    }
  }

  /** FNV-1a of "a" is AF63DC4C8601EC8C, of "foobar" 85944171F73967E8 (test vectors of its RFC). */
  @Test
  void otherPurposesHaveTheNumberOfTheirName() {
    assertThat(Purpose.of("a").number()).isEqualTo(0xAF63DC4C8601EC8CL);
    assertThat(Purpose.of("foobar").number()).isEqualTo(0x85944171F73967E8L);
    assertThat(Purpose.of("foobar")).isSameAs(Purpose.of("foobar"));
  }

  @Test
  void noOtherPurposeHasANumberOfThisProject() {
    for (Purpose purpose : Purpose.builtIn()) {
      assertThat(Purpose.of(purpose.toString()).number()).isNegative();
      assertThat(purpose.user(0)).isSameAs(purpose);
      assertThat(purpose.user(1).number()).isNegative();
      assertThat(purpose.user(1)).isNotSameAs(purpose.user(2));
    }
  }

  @Test
  void aPurposeWithoutANameIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Purpose.of(" "))
        .withMessageContaining("needs a name");
  }
}
