package org.noisescape.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.cells.CellPlace;
import org.noisescape.cells.JavaCommand;
import org.noisescape.cells.PlaceRequest;

/** What is written after {@code --on spark:}, and where Spark comes from. */
class SparkWordsTest {
  @TempDir private Path folder;

  @Test
  void mastersHaveCommasOfTheirOwnAndOptionsFollowThem() {
    assertThat(SparkWords.parse("spark://a:7077,b:7077,spark.executor.memory=2g,spark.x.y=", ""))
        .isEqualTo(
            new SparkWords(
                "spark://a:7077,b:7077", Map.of("spark.executor.memory", "2g", "spark.x.y", "")));
    assertThat(SparkWords.parse("local[2]", "").master()).isEqualTo("local[2]");
    assertThat(SparkWords.parse("local[*,3]", "").master()).isEqualTo("local[*,3]");
    assertThat(SparkWords.parse("", "yarn").master()).isEqualTo("yarn");
    assertThat(SparkWords.parse("spark.a=1", "yarn").options()).containsEntry("spark.a", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mesos://a:5050", "host:7077", "local[x]", "spark", "spark.a=1"})
  void whatIsNoMasterIsRefused(String text) {
    assertThatThrownBy(() -> SparkWords.parse(text, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no master of Spark: '");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          spark://a:7077,spark.a=1,b=2       | options of Spark are written spark.KEY=VALUE, got 'b=2'
          spark://a                          | no address of a master: 'spark://a'; write spark://HOST:PORT
          spark://a:70777                    | no address of a master: 'spark://a:70777'; write spark://HOST:PORT
          yarn,spark.speculation=true        | spark.speculation is not to be set: a cell runs once
          yarn,spark.task.cpus=2             | spark.task.cpus is not to be set: a task has the threads of a cell
          """)
  void wrongOptionsAreOneLine(String text, String line) {
    assertThatThrownBy(() -> new SparkPlace(Map.of()).runner(text, request()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(line);
  }

  @Test
  void thePlaceIsFoundByItsName() {
    assertThatThrownBy(() -> CellPlace.find("spark:nowhere", request()))
        .hasMessageStartingWith("no master of Spark: 'nowhere'");
  }

  @Test
  void sparkHomeIsTakenWhereItIsSparkFour() throws IOException {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    Map<String, String> environment = Map.of("SPARK_HOME", folder.toString());
    assertThatThrownBy(() -> SparkHome.find(environment, folder))
        .hasMessage(
            "SPARK_HOME=%s: no spark-core_2.13 in its folder jars; name a Spark 4 of Scala 2.13, or unset it"
                .formatted(folder));
    Path old = Files.createFile(jars.resolve("spark-core_2.13-3.5.6.jar"));
    assertThatThrownBy(() -> SparkHome.find(environment, folder))
        .hasMessage(
            "SPARK_HOME=%s is Spark 3.5.6: this needs Spark 4; name one, or unset it"
                .formatted(folder));
    Files.delete(old);
    Path core = Files.createFile(jars.resolve("spark-core_2.13-4.1.3.jar"));
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        folder.resolve("conf/spark-defaults.conf"),
        "# ours\nspark.authenticate   true\nspark.a=b c\nother 1\n");
    SparkHome home = SparkHome.find(environment, folder);
    assertThat(home.jars()).containsExactly(core);
    assertThat(home.defaults())
        .containsExactlyInAnyOrderEntriesOf(Map.of("spark.a", "b c", "spark.authenticate", "true"));
  }

  @Test
  void withoutAnySparkTheLineSaysHowToGetOne() {
    assertThatThrownBy(() -> SparkHome.find(Map.of(), folder.resolve("module.jar")))
        .hasMessageStartingWith("Spark's libraries are not there: set SPARK_HOME");
  }

  private PlaceRequest request() {
    return new PlaceRequest(
        folder,
        "test",
        1,
        OptionalInt.empty(),
        JavaCommand.like("org.noisescape.cli.Main"),
        Optional.empty());
  }
}
