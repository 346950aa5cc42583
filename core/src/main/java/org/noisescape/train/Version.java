package org.noisescape.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What was built.
 *
 * @param number version of the release
 * @param commit abbreviated git commit with {@code -dirty} where files were changed, or unknown
 */
public record Version(String number, String commit) {
  private static final String UNKNOWN = "unknown";

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

  private static String filled(Properties properties, String key) {
    String value = properties.getProperty(key, UNKNOWN);
    return value.isBlank() || value.startsWith("${") ? UNKNOWN : value;
  }
}
