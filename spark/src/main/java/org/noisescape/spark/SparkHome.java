package org.noisescape.spark;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.noisescape.files.InputFile;

/**
 * Where Spark comes from: {@code SPARK_HOME} where that is set, else the libraries of the build.
 *
 * @param jars of Spark and what it rests on
 * @param settings folders of configuration files, of Spark's, Hadoop's and YARN's
 */
record SparkHome(List<Path> jars, List<Path> settings) {
  private static final String HOME = "SPARK_HOME";
  private static final String DEFAULTS = "spark-defaults.conf";
  private static final int MAJOR = 4;
  private static final Pattern CORE = Pattern.compile("spark-core_2\\.13-((\\d+)\\..*)\\.jar");

  /** List of the build's libraries, beside this module's jar or folder of classes. */
  private static final String LIST = "classpath.txt";

  /** Copies the lists. */
  SparkHome {
    jars = List.copyOf(jars);
    settings = List.copyOf(settings);
  }

  /**
   * Finds it.
   *
   * @param module jar or folder of classes of this module
   * @throws IllegalArgumentException in one line where there is none that fits
   */
  static SparkHome find(Map<String, String> environment, Path module) {
    Optional<Path> home = folder(environment, HOME);
    List<Path> jars = home.map(SparkHome::ofDistribution).orElseGet(() -> ofBuild(module));
    List<Path> settings = new ArrayList<>();
    folder(environment, "SPARK_CONF_DIR")
        .or(() -> home.map(folder -> folder.resolve("conf")))
        .ifPresent(settings::add);
    folder(environment, "HADOOP_CONF_DIR").ifPresent(settings::add);
    folder(environment, "YARN_CONF_DIR").ifPresent(settings::add);
    return new SparkHome(jars, settings);
  }

  private static Optional<Path> folder(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isBlank())
        .map(value -> Path.of(value).toAbsolutePath());
  }

  private static List<Path> ofDistribution(Path home) {
    List<Path> jars = new ArrayList<>();
    if (Files.isDirectory(home.resolve("jars"))) {
      try (Stream<Path> files = Files.list(home.resolve("jars"))) {
        files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
      } catch (IOException e) {
        throw InputFile.unreadable(home.resolve("jars"), e);
      }
    }
    Matcher core =
        jars.stream()
            .map(jar -> CORE.matcher(jar.getFileName().toString()))
            .filter(Matcher::matches)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s=%s: no spark-core_2.13 in its folder jars; name a Spark %d of Scala 2.13, or unset it"
                            .formatted(HOME, home, MAJOR)));
    if (Integer.parseInt(core.group(2)) != MAJOR) {
      throw new IllegalArgumentException(
          "%s=%s is Spark %s: this needs Spark %d; name one, or unset it"
              .formatted(HOME, home, core.group(1), MAJOR));
    }
    return jars;
  }

  private static List<Path> ofBuild(Path module) {
    Path list = module.resolveSibling(LIST);
    if (!Files.isRegularFile(list)) {
      throw new IllegalArgumentException(
          "Spark's libraries are not there: set %s to a Spark %d, or start the program by its launcher noisescape"
              .formatted(HOME, MAJOR));
    }
    try {
      return Stream.of(Files.readString(list).strip().split(File.pathSeparator))
          .map(Path::of)
          .toList();
    } catch (IOException e) {
      throw InputFile.unreadable(list, e);
    }
  }

  /** What the first {@code spark-defaults.conf} sets. */
  Map<String, String> defaults() {
    Map<String, String> defaults = new LinkedHashMap<>();
    for (Path folder : settings) {
      Path file = folder.resolve(DEFAULTS);
      if (Files.isRegularFile(file)) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
          properties.load(reader);
        } catch (IOException e) {
          throw InputFile.unreadable(file, e);
        }
        properties.forEach((key, value) -> defaults.put(key.toString(), value.toString().strip()));
        break;
      }
    }
    defaults.keySet().removeIf(key -> !key.startsWith("spark."));
    return new TreeMap<>(defaults);
  }
}
