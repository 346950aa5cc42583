package org.noisescape.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.noisescape.registry.NearestName;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in the program's words rather than the parser's. */
final class UsageError {
  private UsageError() {}

  /** One line, with the nearest name where one is unknown, and where to look. */
  static String text(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    String what = what(failure);
    return what
        + (what.endsWith("?") ? " see '" : ": see '")
        + command.getCommandSpec().qualifiedName()
        + " --help'";
  }

  /** The same without where to look. */
  static String what(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched.getUnmatched(), failure.getCommandLine());
    }
    if (failure instanceof MissingParameterException missing) {
      return missing(missing.getMissing());
    }
    if (failure instanceof OverwrittenOptionException twice) {
      return name(twice.getOverwritten()) + " is given twice: leave one out";
    }
    ArgSpec argument = failure.getArgSpec();
    String given = failure.getValue() == null ? "" : ", got '" + failure.getValue() + "'";
    return argument == null
        ? "what is given cannot be understood"
        : name(argument) + " must be " + kind(argument) + given;
  }

  private static String unknown(List<String> words, CommandLine command) {
    String word = words.isEmpty() ? "" : words.getFirst();
    String name = word.startsWith("-") ? word.replaceFirst("=.*", "") : word;
    if (word.length() > 1 && word.startsWith("-")) {
      List<String> known = new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
      String nearest =
          NearestName.of(name, known).map(option -> ", did you mean '" + option + "'?").orElse("");
      return known.contains(name)
          ? (name.equals(word)
              ? "'" + name + "' stands behind --, where no options are"
              : name + " takes no value, got '" + word + "'")
          : "unknown option '" + name + "'" + nearest;
    }
    return "unexpected argument '" + name + "'";
  }

  private static String missing(List<ArgSpec> missing) {
    if (missing.size() == 1 && missing.getFirst() instanceof OptionSpec option) {
      return name(option) + " needs a value, " + option.paramLabel();
    }
    return missing.stream().map(ArgSpec::paramLabel).collect(Collectors.joining(", "))
        + " is missing";
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String kind(ArgSpec argument) {
    Class<?> type = argument.auxiliaryTypes()[0];
    if (type == int.class || type == Integer.class) {
      return "a whole number of 32 bits";
    }
    if (type == long.class || type == Long.class) {
      return "a whole number of 64 bits";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    return type == boolean.class || type == Boolean.class ? "given alone" : argument.paramLabel();
  }
}
