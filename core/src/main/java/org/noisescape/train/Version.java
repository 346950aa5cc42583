package org.noisescape.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.noisescape.files.WrongFile;

/**
 * What was built.
 *
 * @param number version of the release
 * @param commit abbreviated git commit with {@code -dirty} where files were changed, or unknown
 */
public record Version(String number, String commit) {
  /** Key of the number in what a run leaves: manifests, sidecars of checkpoints, sweeps. */
  public static final String KEY = "noisescape";

  private static final String UNKNOWN = "unknown";
  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})(-.*)?");

  /** The version of this program, from the resource the build filled in. */
  public static Version current() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Version(filled(properties, "version"), filled(properties, "commit"));
  }

  /**
   * Requires that this program may know what a file means: that no newer one wrote it, or continued
   * the run it describes.
   *
   * @param file where it stands, for the message
   * @param description of a run, with {@link #KEY} in it where it says so
   * @throws WrongFile in one line that names both versions
   */
  public static void requireReadable(Path file, JsonNode description) {
    current().requireNoNewer(file, description);
  }

  /** The same of a program of this version. */
  void requireNoNewer(Path file, JsonNode description) {
    refuseNewer(file, description);
    description.path("resumed").forEach(sitting -> refuseNewer(file, sitting));
  }

  private void refuseNewer(Path file, JsonNode sitting) {
    String written = sitting.path(KEY).asText(UNKNOWN);
    int[] own = numbers(number);
    if (own.length > 0 && Arrays.compare(numbers(written), own) > 0) {
      throw new WrongFile(
          file,
          "written by noisescape %s, this is %s: use that version or a later one"
              .formatted(written, number));
    }
  }

  /** Major, minor and patch; none where it is no version of a release. */
  private static int[] numbers(String version) {
    Matcher matcher = NUMBERS.matcher(version);
    return matcher.matches()
        ? IntStream.rangeClosed(1, 3).map(i -> Integer.parseInt(matcher.group(i))).toArray()
        : new int[0];
  }

  private static String filled(Properties properties, String key) {
    String value = properties.getProperty(key, UNKNOWN);
    return value.isBlank() || value.startsWith("${") ? UNKNOWN : value;
  }
}
