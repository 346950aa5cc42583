package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A bill of materials names what is in the archive, and nothing else. */
class ReleaseBillTest {
  private static final String BILL =
      """
      {"components": [
        {"purl": "pkg:maven/a/b@1", "hashes": [{"alg": "MD5", "content": "0"},
                                               {"alg": "SHA-256", "content": "ab"}]},
        {"purl": "pkg:maven/c/d@2", "hashes": [{"alg": "SHA-256", "content": "cd"}]}]}
      """;

  private static JsonNode bill() throws Exception {
    return new ObjectMapper().readTree(BILL);
  }

  @Test
  void everyJarIsFoundByItsDigest() throws Exception {
    JsonNode bill = bill();
    assertThatCode(() -> ReleaseBill.requireSame(bill, Map.of("ab", "b.jar", "cd", "d.jar")))
        .doesNotThrowAnyException();
  }

  @Test
  void aJarThatIsNotInTheBillIsNamed() throws Exception {
    JsonNode bill = bill();
    assertThatThrownBy(
            () ->
                ReleaseBill.requireSame(bill, Map.of("ab", "b.jar", "cd", "d.jar", "ef", "e.jar")))
        .hasMessage("[e.jar] are in the archive and not in its bill of materials");
  }

  @Test
  void aComponentThatIsNotInTheArchiveIsNamed() throws Exception {
    JsonNode bill = bill();
    assertThatThrownBy(() -> ReleaseBill.requireSame(bill, Map.of("ab", "b.jar", "0", "d.jar")))
        .hasMessage("pkg:maven/c/d@2 is in the bill of materials and not in the archive");
  }
}
