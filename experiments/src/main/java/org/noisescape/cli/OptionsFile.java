package org.noisescape.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.noisescape.datasets.NearestName;
import org.noisescape.files.InputFile;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code --options FILE}: options of a command in a file, which those on the command line replace.
 *
 * <p>A line is an option and its value, {@code --lr 0.1} or {@code --lr=0.1}; the value is the rest
 * of the line as it stands, without quotes. Lines that begin with # and empty ones do not count. An
 * option that is also on the command line is left out; of {@code --set} and {@code --grid} only the
 * keys that are there too.
 */
final class OptionsFile {
  static final String NAME = "--options";

  /** Bytes of a file; nobody writes as many options. */
  private static final int LARGEST = 1 << 20;

  private static final Set<String> KEYED = Set.of("--set", "--grid");

  private OptionsFile() {}

  /**
   * The words with those of the file in the place of its name.
   *
   * @param command whose options they are
   * @throws IllegalArgumentException in one line that names the file and the line
   */
  static List<String> expanded(CommandLine command, List<String> words) {
    int at = 0;
    while (at < words.size() && !isName(words.get(at))) {
      at++;
    }
    if (at == words.size() || !command.getCommandSpec().optionsMap().containsKey(NAME)) {
      return words;
    }
    boolean joined = !words.get(at).equals(NAME);
    int end = joined ? at + 1 : at + 2;
    if (end > words.size()) {
      throw new IllegalArgumentException(NAME + " needs a value, FILE");
    }
    String file = joined ? words.get(at).substring(NAME.length() + 1) : words.get(at + 1);
    if (file.isEmpty()) {
      throw new IllegalArgumentException(NAME + " must name a file, got ''");
    }
    List<String> others = new ArrayList<>(words.subList(0, at));
    others.addAll(words.subList(end, words.size()));
    if (others.stream().anyMatch(OptionsFile::isName)) {
      throw new IllegalArgumentException(NAME + " is given twice: leave one out");
    }
    Set<String> given = new HashSet<>();
    for (int i = 0; i < others.size(); i++) {
      String word = others.get(i);
      int equals = word.indexOf('=');
      String name = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
      String value =
          name.length() < word.length()
              ? word.substring(equals + 1)
              : i + 1 < others.size() ? others.get(i + 1) : "";
      given.add(identity(name, value));
    }
    List<String> all = new ArrayList<>(words.subList(0, at));
    int number = 0;
    // editors on Windows begin a file with a mark
    String text = InputFile.text(Path.of(file), LARGEST).replaceFirst("^\uFEFF", "");
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        add(all, given, command, line.strip(), file + ", line " + number + ": ");
      }
    }
    all.addAll(words.subList(end, words.size()));
    return all;
  }

  private static boolean isName(String word) {
    return word.equals(NAME) || word.startsWith(NAME + "=");
  }

  private static void add(
      List<String> words, Set<String> given, CommandLine command, String line, String where) {
    String name = line.replaceFirst("(?s)[=\\s].*", "");
    OptionSpec option = command.getCommandSpec().optionsMap().get(name);
    if (!name.startsWith("--")) {
      throw new IllegalArgumentException(
          where + "write an option a line, such as --seed 1, got '" + line + "'");
    }
    if (option == null || name.equals(NAME)) {
      List<String> known = new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
      known.removeIf(each -> each.equals(NAME) || !each.startsWith("--"));
      throw new IllegalArgumentException(where + NearestName.unknown("option", name, known));
    }
    String value = line.substring(name.length()).replaceFirst("^(\\s*=\\s*|\\s+)", "");
    boolean flag = option.arity().max() == 0;
    if (flag == !value.isEmpty()) {
      throw new IllegalArgumentException(
          where + name + (flag ? " takes no value" : " needs a value, " + option.paramLabel()));
    }
    if (!given.contains(identity(name, value))) {
      words.add(flag ? name : name + "=" + value);
    }
  }

  /** What two options must have in common for one to replace the other. */
  private static String identity(String name, String value) {
    return KEYED.contains(name) ? name + " " + value.replaceFirst("(?s)=.*", "").strip() : name;
  }
}
