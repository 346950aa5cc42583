package org.noisescape.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Options of a command as the text of a file for {@code --config}. */
final class ConfigurationText {
  /** A command that takes more than its options say. */
  @FunctionalInterface
  interface Defaults {
    /** The options in effect, those that the user left out among them. */
    List<GivenOption> effective();
  }

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  private ConfigurationText() {}

  /** The text for the options of a parsed command line. */
  static String of(ParseResult parsed) {
    CommandSpec command = parsed.commandSpec();
    List<GivenOption> options = new ArrayList<>();
    if (command.userObject() instanceof Defaults defaults) {
      options.addAll(defaults.effective());
    }
    List<String> there = options.stream().map(GivenOption::name).toList();
    for (ArgSpec each : command.args()) {
      String name = each instanceof OptionSpec option ? option.longestName() : each.paramLabel();
      List<String> values =
          parsed.matchedArgs().contains(each)
              ? each.originalStringValues()
              : Optional.ofNullable(each.defaultValue()).map(List::of).orElse(List.of());
      if (!values.isEmpty()
          && !there.contains(name)
          // a word that stands for an option
          && !there.contains("--" + name.toLowerCase(Locale.ROOT))
          && !ConfigurationOptions.NAMES.contains(name)
          && !name.equals(VerboseOption.NAME)) {
        options.add(new GivenOption(name, values, ""));
      }
    }
    ObjectNode root = YAML.createObjectNode();
    ordered(command, options).forEach(option -> put(root, command, option));
    try {
      return "# noisescape %s --config FILE%n%s"
          .formatted(command.name(), YAML.writeValueAsString(root));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In the order of the help. */
  private static List<GivenOption> ordered(CommandSpec command, List<GivenOption> options) {
    List<GivenOption> ordered = new ArrayList<>();
    for (ArgSpec each : command.args()) {
      options.stream()
          .filter(
              option ->
                  each instanceof OptionSpec known
                      ? known.longestName().equals(option.name())
                      : each.paramLabel().equals(option.name()))
          .forEach(ordered::add);
    }
    return ordered;
  }

  private static void put(ObjectNode root, CommandSpec command, GivenOption option) {
    OptionSpec known = command.optionsMap().get(option.name());
    if (known == null) {
      root.put(option.name().toLowerCase(Locale.ROOT), option.values().getFirst());
      return;
    }
    String key = option.name().substring(2);
    ObjectNode place =
        theme(command, known).map(name -> (ObjectNode) root.withObjectProperty(name)).orElse(root);
    if (known.arity().max() == 0) {
      place.put(key, Boolean.parseBoolean(option.values().getFirst()));
    } else if (GivenOption.KEYED.contains(option.name())) {
      ObjectNode pairs = place.withObjectProperty(key);
      option.values().forEach(pair -> put(pairs, pair));
    } else if (known.isMultiValue()) {
      ArrayNode list = place.putArray(key);
      option.values().forEach(list::add);
    } else {
      place.put(key, option.values().getFirst());
    }
  }

  private static void put(ObjectNode pairs, String pair) {
    int equals = pair.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("must be KEY=VALUE, got '" + pair + "'");
    }
    pairs.put(pair.substring(0, equals).strip(), pair.substring(equals + 1));
  }

  private static Optional<String> theme(CommandSpec command, OptionSpec option) {
    return command.mixins().entrySet().stream()
        .filter(mixin -> mixin.getValue().optionsMap().containsKey(option.longestName()))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
