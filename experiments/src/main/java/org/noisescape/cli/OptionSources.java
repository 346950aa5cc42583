package org.noisescape.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The options of a command from all its sources: those of an earlier run ({@code --like}), those of
 * files ({@code --config}, in their order), those on the command line. A later one replaces an
 * earlier one; of {@code --set} and {@code --grid} only the same key, of an option that may be
 * repeated the whole list.
 */
final class OptionSources {
  private static final String COMMAND_LINE = "command line";

  private final CommandSpec command;
  private final Consumer<String> told;
  private final Map<String, GivenOption> chosen = new LinkedHashMap<>();
  private final List<GivenOption> typed = new ArrayList<>();
  private final List<String> rest = new ArrayList<>();
  private boolean replaced;

  private OptionSources(CommandSpec command, Consumer<String> told) {
    this.command = command;
    this.told = told;
  }

  /**
   * The words of a command line with those of the other sources in them.
   *
   * @param command whose options they are; others than those with {@code --config} have none
   * @param words as the user wrote them, the first one names the command
   * @param told takes a line an option that is replaced
   * @throws IllegalArgumentException in one line that names the source
   */
  static List<String> expanded(CommandSpec command, List<String> words, Consumer<String> told) {
    return command.optionsMap().containsKey(ConfigurationOptions.CONFIG)
        ? new OptionSources(command, told).words(words)
        : words;
  }

  private List<String> words(List<String> words) {
    parse(words.subList(1, words.size()));
    List<GivenOption> sources = take(ConfigurationOptions.LIKE);
    if (sources.size() > 1) {
      throw new IllegalArgumentException(
          ConfigurationOptions.LIKE + " is given twice: leave one out");
    }
    for (GivenOption source : sources) {
      LikeRun.read(Path.of(value(source)), command).forEach(this::choose);
    }
    List<GivenOption> files = take(ConfigurationOptions.CONFIG);
    for (GivenOption file : files) {
      for (GivenOption option : YamlOptions.read(Path.of(value(file)), command)) {
        for (GivenOption one : parts(option)) {
          choose(one);
        }
      }
    }
    typed.forEach(this::choose);
    if (sources.isEmpty() && files.isEmpty() && !replaced) {
      return words;
    }
    List<String> all = new ArrayList<>(List.of(words.getFirst()));
    chosen.values().forEach(option -> add(all, option));
    all.addAll(rest);
    return all;
  }

  /** Tells options with their values from other words, as picocli does. */
  private void parse(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      String name = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
      OptionSpec option = command.optionsMap().get(name);
      if (word.equals("--")) {
        rest.addAll(words.subList(i, words.size()));
        return;
      }
      if (option == null || !name.startsWith("--")) {
        // what is unknown is the parser's to say
        rest.add(word);
      } else if (option.arity().max() == 0) {
        if (name.length() < word.length()) {
          rest.add(word);
        } else {
          typed.add(new GivenOption(name, List.of("true"), COMMAND_LINE));
        }
      } else if (name.length() < word.length()) {
        typed.add(new GivenOption(name, List.of(word.substring(equals + 1)), COMMAND_LINE));
      } else if (i + 1 < words.size() && !isOption(words.get(i + 1))) {
        typed.add(new GivenOption(name, List.of(words.get(++i)), COMMAND_LINE));
      } else {
        rest.add(word);
      }
    }
  }

  private boolean isOption(String word) {
    return command.optionsMap().containsKey(word.replaceFirst("(?s)=.*", ""));
  }

  private List<GivenOption> take(String name) {
    List<GivenOption> taken = typed.stream().filter(each -> each.name().equals(name)).toList();
    typed.removeAll(taken);
    return taken;
  }

  private static String value(GivenOption source) {
    String value = source.values().getFirst();
    if (value.isBlank()) {
      throw new IllegalArgumentException(source.name() + " must name a file, got ''");
    }
    return value;
  }

  /** One option a key. */
  private static List<GivenOption> parts(GivenOption option) {
    return GivenOption.KEYED.contains(option.name())
        ? option.values().stream()
            .map(value -> new GivenOption(option.name(), List.of(value), option.source()))
            .toList()
        : List.of(option);
  }

  private void choose(GivenOption option) {
    GivenOption earlier = chosen.get(option.identity());
    boolean joins =
        earlier != null
            && earlier.source().equals(COMMAND_LINE)
            && command.optionsMap().get(option.name()).isMultiValue();
    if (joins) {
      List<String> values = new ArrayList<>(earlier.values());
      values.addAll(option.values());
      chosen.put(option.identity(), new GivenOption(option.name(), values, COMMAND_LINE));
      return;
    }
    replaced |= earlier != null;
    if (earlier != null && !earlier.values().equals(option.values())) {
      told.accept(
          "%s (%s) takes the place of %s (%s)"
              .formatted(option.shown(), option.source(), earlier.shown(), earlier.source()));
    }
    chosen.put(option.identity(), option);
  }

  private void add(List<String> words, GivenOption option) {
    OptionSpec known = command.optionsMap().get(option.name());
    if (known == null) {
      if (rest.stream().noneMatch(word -> !word.startsWith("-"))) {
        words.addAll(option.values());
      }
    } else if (known.arity().max() == 0) {
      if (Boolean.parseBoolean(option.values().getFirst())) {
        words.add(option.name());
      }
    } else {
      option.values().forEach(value -> words.add(option.name() + "=" + value));
    }
  }

  /** The label of the first positional word of a command; null where it takes none. */
  static String label(CommandSpec command) {
    List<PositionalParamSpec> words = command.positionalParameters();
    return words.isEmpty() ? null : words.getFirst().paramLabel();
  }
}
