package org.noisescape.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noisescape.files.InputFile;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WrongFile;
import org.noisescape.registry.NearestName;
import org.noisescape.sweep.Grid;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Options of a command in YAML: {@code lr: 0.1}, alone or by theme, {@code training: {lr: 0.1}}.
 *
 * <p>Themes are the mixins of the command. A file for {@code train} serves {@code model} and {@code
 * probe} too, which pass over what only a training has. Values are the texts that stand there:
 * {@code 1e-3}, {@code 007} and {@code no} are what they are on the command line. Aliases, tags and
 * several documents are refused.
 */
final class YamlOptions {
  /** Bytes of a file; nobody writes as many options. */
  private static final int LARGEST = 1 << 20;

  private static final YAMLFactory FACTORY =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Path file;
  private final CommandSpec command;
  private final Optional<CommandSpec> training;
  private final List<GivenOption> given = new ArrayList<>();
  private YAMLParser parser;

  private YamlOptions(Path file, CommandSpec command) {
    this.file = file;
    this.command = command;
    this.training = LikeRun.training(command);
  }

  /**
   * Reads a file.
   *
   * @param command whose options they are
   * @throws IllegalArgumentException in one line that names the file and the line
   */
  static List<GivenOption> read(Path file, CommandSpec command) {
    return new YamlOptions(file, command).read();
  }

  private List<GivenOption> read() {
    // editors on Windows begin a file with a mark
    String text = InputFile.text(file, LARGEST).replaceFirst("^\uFEFF", "");
    try (YAMLParser opened = FACTORY.createParser(text)) {
      parser = opened;
      JsonToken first = next();
      if (first == null) {
        return given;
      }
      if (first != JsonToken.START_OBJECT) {
        throw wrong("write an option a line, such as 'seed: 1'");
      }
      options(null);
      if (next() != null) {
        throw wrong("one document is read, leave out what stands behind ---");
      }
      return given;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new WrongFile(
          file, "line %d: this is no YAML: %s".formatted(line, JsonFile.firstLine(e)), e);
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }

  /** The pairs of a map, of a theme or at the top. */
  private void options(String theme) throws IOException {
    while (next() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      int line = line();
      JsonToken value = next();
      if (value == JsonToken.START_OBJECT && theme == null && isTheme(key)) {
        options(key);
      } else if (isOfTrainingOnly(key, theme)) {
        parser.skipChildren();
      } else {
        given.add(option(key, value, theme, line));
      }
    }
  }

  private boolean isTheme(String key) {
    return command.mixins().containsKey(key)
        || training.filter(train -> train.mixins().containsKey(key)).isPresent();
  }

  /** Where the options of a theme are; what is a theme of a training only may be anywhere. */
  private CommandSpec place(String theme) {
    return theme == null ? command : command.mixins().getOrDefault(theme, command);
  }

  private boolean isOfTrainingOnly(String key, String theme) {
    return !place(theme).optionsMap().containsKey("--" + key)
        && training
            .map(train -> theme == null ? train : train.mixins().get(theme))
            .filter(there -> there.optionsMap().containsKey("--" + key))
            .isPresent();
  }

  private GivenOption option(String key, JsonToken value, String theme, int line)
      throws IOException {
    String source = file + ", line " + line;
    CommandSpec place = place(theme);
    OptionSpec option = place.optionsMap().get("--" + key);
    if (option == null || ConfigurationOptions.NAMES.contains("--" + key)) {
      for (PositionalParamSpec word : place.positionalParameters()) {
        if (theme == null && word.paramLabel().equalsIgnoreCase(key)) {
          return new GivenOption(word.paramLabel(), List.of(scalar(key, value)), source);
        }
      }
      throw wrong(unknown(key, theme, place), line);
    }
    String name = option.longestName();
    if (option.arity().max() == 0) {
      String flag = scalar(key, value);
      if (!flag.equals("true") && !flag.equals("false")) {
        throw wrong("%s must be true or false, got '%s'".formatted(key, flag), line);
      }
      return new GivenOption(name, List.of(flag), source);
    }
    List<String> values =
        value == JsonToken.START_OBJECT ? pairs(key, name, line) : values(key, value);
    if (values.size() > 1 && !option.isMultiValue()) {
      throw wrong("%s takes one value, got %d".formatted(key, values.size()), line);
    }
    return new GivenOption(name, values, source);
  }

  private String unknown(String key, String theme, CommandSpec place) {
    List<String> known = new ArrayList<>();
    place.optionsMap().keySet().stream()
        .filter(name -> name.startsWith("--") && !ConfigurationOptions.NAMES.contains(name))
        .forEach(name -> known.add(name.substring(2)));
    if (theme == null) {
      known.addAll(command.mixins().keySet());
    } else if (command.optionsMap().containsKey("--" + key)) {
      return "'%s' is no option of '%s': write it elsewhere, or without a theme"
          .formatted(key, theme);
    }
    return NearestName.unknown("option", key, known);
  }

  /** KEY=VALUE pairs, a value as on the command line or as a list. */
  private List<String> pairs(String key, String name, int line) throws IOException {
    if (!GivenOption.KEYED.contains(name)) {
      throw wrong("'%s' is no theme, and takes no pairs".formatted(key), line);
    }
    List<String> pairs = new ArrayList<>();
    while (next() == JsonToken.FIELD_NAME) {
      String setting = parser.currentName();
      JsonToken value = next();
      List<String> values = values(setting, value);
      boolean parted = value == JsonToken.START_ARRAY && name.equals(GivenOption.GRID);
      pairs.add(setting + "=" + (parted ? Grid.text(values) : String.join(",", values)));
    }
    return pairs;
  }

  private List<String> values(String key, JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      return List.of(scalar(key, value));
    }
    List<String> values = new ArrayList<>();
    for (JsonToken each = next(); each != JsonToken.END_ARRAY; each = next()) {
      values.add(scalar(key, each));
    }
    if (values.isEmpty()) {
      throw wrong(key + " has an empty list: leave it out");
    }
    return values;
  }

  private String scalar(String key, JsonToken value) throws IOException {
    if (value == null || !value.isScalarValue()) {
      throw wrong(key + " must be a value or a list of values");
    }
    String text = parser.getText();
    if (value == JsonToken.VALUE_NULL || text.isBlank()) {
      throw wrong(key + " has no value: leave it out, or say which");
    }
    return text;
  }

  private JsonToken next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token != null && (parser.isCurrentAlias() || parser.getObjectId() != null)) {
      throw wrong("anchors and aliases are not read: write the value out");
    }
    if (token != null && parser.getTypeId() != null) {
      throw wrong("tags are not read: leave out !" + parser.getTypeId());
    }
    return token;
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private WrongFile wrong(String what) {
    return wrong(what, line());
  }

  private WrongFile wrong(String what, int line) {
    return new WrongFile(file, "line %d: %s".formatted(line, what));
  }
}
