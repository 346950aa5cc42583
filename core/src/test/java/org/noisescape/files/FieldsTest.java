package org.noisescape.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON from outside: what is wrong with it is one line that names file and field. */
class FieldsTest {
  @TempDir Path folder;

  /** What is read as {@link #record}. */
  record Point(long step, double loss, String name, boolean done, List<Integer> list) {
    Point {
      if (loss < 0) {
        throw new IllegalArgumentException("loss must be >= 0, got " + loss);
      }
    }
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("", "it is empty"),
        Arguments.of("  \n", "it is empty"),
        Arguments.of("{\"a\": 1", "not valid JSON at line 1, column"),
        Arguments.of("{\"a\": 1}{}", "not valid JSON"),
        Arguments.of("{\"a\": 1, \"a\": 2}", "Duplicate field 'a'"),
        Arguments.of("[1]", "must hold a JSON object"),
        Arguments.of("null", "must hold a JSON object"),
        Arguments.of("NaN", "not valid JSON"),
        Arguments.of("[".repeat(5000), "nesting depth"),
        Arguments.of("{\"a\": 1" + "0".repeat(5000) + "}", "not valid JSON"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void whatIsNoObjectIsOneLine(String text, String expected) throws IOException {
    Path file = Files.writeString(folder.resolve("x.json"), text);
    assertThatThrownBy(() -> Fields.read(file))
        .isInstanceOf(WrongFile.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n")
        .hasMessageNotContaining("com.fasterxml")
        .hasMessageNotContaining("`");
  }

  static Stream<Arguments> fields() {
    return Stream.of(
        of("{}", f -> f.text("a"), "field 'a' must be a text, got nothing"),
        of("{\"a\": null}", f -> f.text("a"), "must be a text, got null"),
        of("{\"a\": 1}", f -> f.text("a"), "must be a text, got 1"),
        of("{\"a\": \"1\"}", f -> f.integer("a", 0, 5), "from 0 to 5, got \"1\""),
        of("{\"a\": 6}", f -> f.integer("a", 0, 5), "from 0 to 5, got 6"),
        of("{\"a\": -1}", f -> f.integer("a", 0, 5), "from 0 to 5, got -1"),
        of("{\"a\": 1.5}", f -> f.integer("a", 0, 5), "from 0 to 5, got 1.5"),
        of("{\"a\": 1e30}", f -> f.integer("a", 0, Long.MAX_VALUE), "got 1.0E30"),
        of("{\"a\": 99999999999999999999}", f -> f.integer("a", 0, Long.MAX_VALUE), "got 9999"),
        of("{\"a\": 1e999}", f -> f.numberOrNaN("a"), "must be a number, got"),
        of("{\"a\": \"x\"}", f -> f.numberOrNaN("a"), "must be a number, got \"x\""),
        of("{\"a\": 1}", f -> f.flag("a"), "must be true or false, got 1"),
        of("{\"a\": []}", f -> f.object("a"), "field 'a' must be an object, got []"),
        of("{\"a\": {}}", f -> f.objects("a"), "field 'a' must be a list, got {}"),
        of("{\"a\": [1]}", f -> f.objects("a"), "field 'a[0]' must be an object, got 1"),
        of("{\"a\": [\"x\", 1]}", f -> f.texts("a"), "field 'a[1]' must be a text, got 1"),
        of("{\"a\": {\"b\": 1}}", f -> f.object("a").text("b"), "field 'a.b' must be a text"),
        of("{\"a\": {\"b\": 1}}", f -> f.textsByName("a"), "field 'a.b' must be a text"),
        of(
            "{\"a\": \"RED\"}",
            f -> f.choice("a", Thread.State::valueOf),
            "known values, got 'RED'"),
        of("{\"a\": \"" + "y".repeat(9999) + "\"}", f -> f.flag("a"), "yyy ... yyy"));
  }

  private static Arguments of(String text, Consumer<Fields> read, String expected) {
    return Arguments.of(text, read, expected);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void aWrongFieldIsNamed(String text, Consumer<Fields> read, String expected) throws IOException {
    Path file = Files.writeString(folder.resolve("x.json"), text);
    Fields fields = Fields.read(file);
    assertThatThrownBy(() -> read.accept(fields))
        .isInstanceOf(WrongFile.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(expected);
  }

  @Test
  void whatIsRightIsRead() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("x.json"),
            "{\"a\": \"t\", \"n\": null, \"i\": 3, \"d\": 0.5, \"l\": [\"x\"], \"m\": {\"k\": \"v\"}}");
    Fields fields = Fields.read(file);
    assertThat(fields.text("a")).isEqualTo("t");
    assertThat(fields.text("none", "other")).isEqualTo("other");
    assertThat(fields.integer("i", 3, 3)).isEqualTo(3);
    assertThat(fields.numberOrNaN("d")).isEqualTo(0.5);
    assertThat(fields.numberOrNaN("n")).isNaN();
    assertThat(fields.flag("none")).isFalse();
    assertThat(fields.texts("l")).containsExactly("x");
    assertThat(fields.objects("none")).isEmpty();
    assertThat(fields.textsByName("m")).isEqualTo(Map.of("k", "v"));
    assertThat(fields.has("n")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"step\":1.5,\"loss\":1,\"name\":\"x\",\"done\":true,\"list\":[]}|field 'step' is missing or no whole number",
        "{\"step\":\"1\",\"loss\":1,\"name\":\"x\",\"done\":true,\"list\":[]}|field 'step' is missing or no whole",
        "{\"step\":null,\"loss\":1,\"name\":\"x\",\"done\":true,\"list\":[]}|field 'step'",
        "{\"loss\":1,\"name\":\"x\",\"done\":true,\"list\":[]}|'step'",
        "{\"step\":1,\"loss\":\"x\",\"name\":\"x\",\"done\":true,\"list\":[]}|field 'loss' is missing or no number",
        "{\"step\":1,\"loss\":1,\"name\":{},\"done\":true,\"list\":[]}|field 'name' is missing or no text",
        "{\"step\":1,\"loss\":1,\"name\":\"x\",\"done\":0,\"list\":[]}|field 'done' is missing or no true or false",
        "{\"step\":1,\"loss\":1,\"name\":\"x\",\"done\":true,\"list\":[1,\"x\"]}|field 'list[1]' is missing or no whole",
        "{\"step\":1,\"loss\":-1,\"name\":\"x\",\"done\":true,\"list\":[]}|loss must be >= 0, got -1.0",
        "{\"step\":1,\"loss\":1,\"name\":\"x\",\"done\":true,\"list\":[],\"z\":1}|field 'z' is none that is known",
      })
  void aRecordThatDoesNotFitIsOneLine(String text, String expected) throws IOException {
    assertThatThrownBy(() -> JsonFile.value("F", JsonFile.MAPPER.readTree(text), Point.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("F: ")
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n");
  }
}
