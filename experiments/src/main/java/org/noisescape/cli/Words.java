package org.noisescape.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.registry.NearestName;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The words of a command line before and after they are parsed. */
final class Words {
  private static final String HELP = "help";

  /** What Java decodes a byte to that stands for no character. */
  private static final char UNREADABLE = '\uFFFD';

  private Words() {}

  /**
   * The words with what may stand before a command put behind it: {@code --verbose train} becomes
   * {@code train --verbose}, and {@code help train} becomes {@code train --help}.
   */
  static List<String> ordered(String... given) {
    List<String> words = new ArrayList<>(Arrays.asList(given));
    if (!words.isEmpty() && words.getFirst().equals(VerboseOption.NAME)) {
      words.add(words.removeFirst());
    }
    if (!words.isEmpty() && words.getFirst().equals(HELP)) {
      words.removeFirst();
      words.add("--help");
    }
    return words;
  }

  /**
   * Requires names that this process has understood: what is not in the encoding of file names has
   * become another character, and files of that name would be others.
   *
   * @param names words of the command line, folders
   * @throws IllegalArgumentException in one line
   */
  static void requireReadable(List<String> names) {
    for (String name : names) {
      if (name.indexOf(UNREADABLE) >= 0) {
        throw new IllegalArgumentException(
            "'%s' cannot be read as %s: set LC_ALL to a locale in UTF-8 such as C.UTF-8, and write names in it"
                .formatted(name, System.getProperty("sun.jnu.encoding")));
      }
    }
  }

  /**
   * Requires that the words where commands are expected name some; what follows, {@code --help}
   * among it, does not matter.
   *
   * @return the innermost command
   * @throws IllegalArgumentException with the nearest name
   */
  static CommandLine requireCommands(CommandLine line, List<String> words) {
    CommandLine command = line;
    for (String word : words) {
      if (command.getSubcommands().isEmpty()) {
        break;
      }
      if (word.startsWith("-") && word.length() > 1) {
        continue;
      }
      if (!command.getSubcommands().containsKey(word)) {
        throw new IllegalArgumentException(
            NearestName.unknown("command", word, command.getSubcommands().keySet()));
      }
      command = command.getSubcommands().get(word);
    }
    return command;
  }

  /**
   * Requires that nothing is given empty: an empty word is a shell's variable that is not set.
   *
   * @throws IllegalArgumentException in one line
   */
  static void requireNoneEmpty(ParseResult parsed) {
    for (ParseResult result = parsed; result != null; result = result.subcommand()) {
      for (ArgSpec argument : result.matchedArgs()) {
        if (argument.originalStringValues().stream().anyMatch(String::isBlank)) {
          String name =
              argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
          throw new IllegalArgumentException(
              name + " is given without a value: leave it out, or say which");
        }
      }
    }
  }
}
