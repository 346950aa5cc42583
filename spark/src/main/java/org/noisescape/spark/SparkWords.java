package org.noisescape.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What was written after {@code --on spark:}.
 *
 * @param master of Spark
 * @param options of its configuration, {@code spark.…}
 */
record SparkWords(String master, Map<String, String> options) {
  static final String USAGE = "spark:MASTER[,spark.KEY=VALUE…]";
  private static final Pattern OPTION = Pattern.compile("spark\\.[A-Za-z0-9._-]+=.*");
  private static final Pattern MASTER =
      Pattern.compile("spark://.+|local(\\[(\\d+|\\*)(,\\d+)?])?|yarn|k8s://.+");

  /**
   * Reads them; a master may have commas of its own.
   *
   * @param submitted master where none is written, that of {@code spark-submit}; may be empty
   * @throws IllegalArgumentException in one line where they are wrong
   */
  static SparkWords parse(String text, String submitted) {
    Map<String, String> options = new LinkedHashMap<>();
    StringBuilder master = new StringBuilder();
    for (String word : text.split(",", -1)) {
      if (OPTION.matcher(word).matches()) {
        int equals = word.indexOf('=');
        options.put(word.substring(0, equals), word.substring(equals + 1));
      } else if (options.isEmpty()) {
        master.append(master.isEmpty() ? "" : ",").append(word);
      } else {
        throw new IllegalArgumentException(
            "options of Spark are written spark.KEY=VALUE, got '%s'".formatted(word));
      }
    }
    if (master.isEmpty()) {
      master.append(submitted);
    }
    if (!MASTER.matcher(master).matches()) {
      throw new IllegalArgumentException(
          "no master of Spark: '%s'; write spark:spark://HOST:PORT, spark:local[N], spark:yarn or spark:k8s://https://HOST:PORT, and options after it as in ,spark.executor.memory=2g"
              .formatted(master));
    }
    return new SparkWords(master.toString(), options);
  }
}
