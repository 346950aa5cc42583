package org.noisescape.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.noisescape.datasets.download.Digest;

/**
 * The bill of materials of a release (CycloneDX): what Maven says of its libraries, held against
 * the jars that are in it, and with the run-time image.
 */
final class ReleaseBill {
  private ReleaseBill() {}

  /** Takes the bill of Maven, the run-time image, the folder of jars, and the result. */
  public static void main(String[] arguments) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode bill = (ObjectNode) mapper.readTree(Path.of(arguments[0]).toFile());
    requireSame(bill, digests(Path.of(arguments[2])));
    ObjectNode whole = (ObjectNode) bill.at("/metadata/component");
    whole.put("name", "noisescape").put("description", "Archive for CPU machines");
    Path image = Path.of(arguments[1]);
    bill.withArray("components").add(runtime(mapper, image.resolve("release")));
    bill.withArray("components").add(font(mapper, image.resolve("lib/fonts/DejaVuSans.ttf")));
    Files.writeString(
        Path.of(arguments[3]),
        mapper.writerWithDefaultPrettyPrinter().writeValueAsString(bill) + "\n");
  }

  private static String digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Digest.sha256(in).hex();
    }
  }

  private static Map<String, String> digests(Path folder) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jar")).toList()) {
        digests.put(digest(file), file.getFileName().toString());
      }
    }
    return digests;
  }

  /**
   * Requires that a bill has every jar, by its digest, and no other.
   *
   * @param jars names of jars by their SHA-256
   * @throws IllegalStateException naming what is missing on either side
   */
  static void requireSame(JsonNode bill, Map<String, String> jars) {
    Map<String, String> missing = new LinkedHashMap<>(jars);
    for (JsonNode component : bill.path("components")) {
      String digest = "";
      for (JsonNode hash : component.path("hashes")) {
        digest =
            hash.path("alg").asText().equals("SHA-256") ? hash.path("content").asText() : digest;
      }
      if (missing.remove(digest) == null) {
        throw new IllegalStateException(
            component.path("purl").asText()
                + " is in the bill of materials and not in the archive");
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          missing.values() + " are in the archive and not in its bill of materials");
    }
  }

  private static ObjectNode runtime(ObjectMapper mapper, Path release) throws IOException {
    Properties facts = new Properties();
    try (Reader reader = Files.newBufferedReader(release)) {
      facts.load(reader);
    }
    ObjectNode image = mapper.createObjectNode();
    image.put("type", "platform");
    image.put("name", "OpenJDK run-time image");
    image.put("version", facts.getProperty("JAVA_VERSION").replace("\"", ""));
    image.put(
        "description",
        "modules " + facts.getProperty("MODULES").replace("\"", "").replace(' ', ','));
    image
        .withArray("licenses")
        .addObject()
        .put("expression", "GPL-2.0-only WITH Classpath-exception-2.0");
    return image;
  }

  private static ObjectNode font(ObjectMapper mapper, Path file) throws IOException {
    ObjectNode font = mapper.createObjectNode();
    font.put("type", "file").put("name", file.getFileName().toString());
    font.withArray("hashes").addObject().put("alg", "SHA-256").put("content", digest(file));
    font.withArray("licenses").addObject().putObject("license").put("id", "Bitstream-Vera");
    return font;
  }
}
