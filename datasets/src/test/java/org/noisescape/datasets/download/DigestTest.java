package org.noisescape.datasets.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class DigestTest {
  private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

  /** The test vector of FIPS 180-4 for "abc". */
  private static final String SHA256_ABC =
      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  /** The test vector of RFC 1321 for "abc". */
  private static final String MD5_ABC = "md5:900150983cd24fb0d6963f7d28e17f72";

  @Test
  void sha256AgreesWithItsStandard() throws IOException {
    assertThat(Digest.sha256(ABC)).hasToString(SHA256_ABC);
    assertThat(Digest.parse(SHA256_ABC).of(new ByteArrayInputStream(ABC))).hasToString(SHA256_ABC);
  }

  @Test
  void md5AgreesWithItsStandard() throws IOException {
    assertThat(Digest.parse(MD5_ABC).of(new ByteArrayInputStream(ABC))).hasToString(MD5_ABC);
  }

  @Test
  void upperCaseDigitsAreTheSameDigest() {
    assertThat(Digest.sha256(SHA256_ABC.substring(7).toUpperCase(Locale.ROOT)))
        .isEqualTo(Digest.sha256(ABC));
  }

  @Test
  void wrongLengthAndUnknownAlgorithmAreRefused() {
    assertThatThrownBy(() -> Digest.parse("sha256:12"))
        .hasMessageContaining("64 hexadecimal digits, got '12'");
    assertThatThrownBy(() -> Digest.parse("crc:12")).hasMessageContaining("got 'crc'");
    assertThatThrownBy(() -> Digest.parse("12")).hasMessageContaining("got '12'");
  }
}
