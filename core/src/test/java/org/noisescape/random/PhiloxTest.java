package org.noisescape.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiloxTest {
  /** Known answers of philox4x32 with 10 rounds, file kat_vectors of the Random123 library 1.14. */
  @ParameterizedTest
  @CsvSource({
    "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1"
  })
  void wordsAreThePublishedKnownAnswers(String counter, String key, String expected) {
    int[] c = words(counter);
    int[] k = words(key);
    int[] out = new int[4];
    Philox.words(pair(k[0], k[1]), pair(c[0], c[1]), pair(c[2], c[3]), out);
    assertThat(out).isEqualTo(words(expected));
  }

  @Test
  void uniformLiesStrictlyBetweenZeroAndOne() {
    assertThat(Philox.uniform(0, 0)).isEqualTo(0x1p-54);
    assertThat(Philox.uniform(-1, -1)).isLessThanOrEqualTo(Math.nextDown(1.0));
    assertThat(Philox.uniform(0x80000000, 0)).isEqualTo(0.5 + 0x1p-54);
  }

  private static int[] words(String hexadecimal) {
    String[] parts = hexadecimal.split(" ", -1);
    int[] words = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      words[i] = Integer.parseUnsignedInt(parts[i], 16);
    }
    return words;
  }

  private static long pair(int low, int high) {
    return Integer.toUnsignedLong(low) | ((long) high << 32);
  }
}
