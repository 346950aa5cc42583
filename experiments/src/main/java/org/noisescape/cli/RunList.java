package org.noisescape.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.noisescape.files.JsonFile;
import org.noisescape.files.Printable;
import org.noisescape.report.NumberText;
import picocli.CommandLine.Option;

/** {@code list runs}: the runs in folders, filtered and sorted. */
final class RunList {
  /** Where a terminal does not say how wide it is. */
  private static final int USUAL_WIDTH = 80;

  private static final int LONGEST_CELL = 40;
  private static final int SHORTEST_NAME = 14;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      description = "runs: only those in this state, such as COMPLETED, DIVERGED, RUNNING, AGREES")
  private List<String> states;

  @Option(names = "--tag", paramLabel = "WORD", description = "runs: only those with this tag")
  private List<String> tags = List.of();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "runs: only trainings of models that begin with this")
  private String model;

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description =
          "runs: only those where it holds, such as 'lr<0.1', batch=32, 'test_accuracy>=0.9': of"
              + " settings and of numbers measured last; may be repeated")
  private List<String> conditions = List.of();

  @Option(
      names = "--sort",
      paramLabel = "KEY",
      description = "runs: by a setting or a number measured last (default: by folder)")
  private String sort;

  @Option(names = "--reverse", description = "runs: the last one first")
  private boolean reversed;

  @Option(names = "--json", description = "runs: as JSON, with all there is to say of each")
  private boolean json;

  /** A column of the table. */
  private record Column(String head, boolean number, Function<ListedRun, String> cell) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("state", false, ListedRun::state),
          new Column("what", false, RunList::what),
          new Column("step", true, RunList::steps),
          new Column("loss", true, run -> number(run, "train_loss", "test_loss")),
          new Column("acc", true, run -> number(run, "test_accuracy", "train_accuracy")),
          new Column("tags", false, run -> String.join(",", run.annotations().tags())),
          new Column("noise", true, run -> number(run, "noise_strength")),
          new Column("test loss", true, run -> number(run, "test_loss")),
          new Column(
              "started", false, run -> run.started().replaceAll("^(.{10})T(.{5}).*", "$1 $2")));

  /** Whether any option is given, which only goes with runs. */
  boolean isAsked() {
    return states != null
        || !tags.isEmpty()
        || model != null
        || !conditions.isEmpty()
        || sort != null
        || reversed
        || json;
  }

  /** Prints the runs in folders; of none, those in {@code runs}. */
  void print(Console console, List<Path> folders) {
    List<Path> named = folders.isEmpty() ? List.of(Path.of("runs")) : folders;
    if (folders.isEmpty() && !Files.isDirectory(named.getFirst())) {
      throw new IllegalArgumentException(
          "there is no folder 'runs' here: name one that holds runs, 'list runs DIR'");
    }
    List<ListedRun> all = RunSearch.in(named).stream().map(RunReading::of).toList();
    List<ListedRun> shown = chosen(all);
    if (json) {
      ArrayNode list = JsonFile.MAPPER.createArrayNode();
      shown.forEach(run -> list.add(run.toJson()));
      console.out().println(list.toPrettyString());
      return;
    }
    shown.stream()
        .filter(run -> !run.problem().isEmpty())
        .forEach(run -> console.err().println(run.problem()));
    if (shown.isEmpty()) {
      console
          .err()
          .println(
              all.isEmpty()
                  ? "no runs in "
                      + named.stream().map(Path::toString).collect(Collectors.joining(", "))
                  : "none of " + all.size() + " runs is so");
      return;
    }
    table(console, named, shown);
  }

  private List<ListedRun> chosen(List<ListedRun> all) {
    List<RunCondition> wanted =
        new ArrayList<>(conditions.stream().map(RunCondition::parse).toList());
    Set<String> keys = new LinkedHashSet<>();
    if (!wanted.isEmpty() || sort != null) {
      all.forEach(run -> keys.addAll(run.fields().keySet()));
      wanted.forEach(each -> RunCondition.requireKnown("--where", each.key(), keys));
    }
    List<ListedRun> chosen = new ArrayList<>();
    for (ListedRun run : all) {
      boolean fine =
          (states == null || states.stream().anyMatch(s -> s.strip().equalsIgnoreCase(run.state())))
              && run.annotations().tags().containsAll(tags)
              && (model == null || (run.kind().equals("train") && run.what().startsWith(model)));
      if (fine && !wanted.isEmpty()) {
        Map<String, String> fields = run.fields();
        fine = wanted.stream().allMatch(each -> each.holds(fields));
      }
      if (fine) {
        chosen.add(run);
      }
    }
    if (sort != null) {
      String key = sort.replaceFirst("^--", "");
      RunCondition.requireKnown("--sort", key, keys);
      sort(chosen, key);
    } else if (reversed) {
      java.util.Collections.reverse(chosen);
    }
    return chosen;
  }

  /** Those without the key come last, in either order. */
  private void sort(List<ListedRun> runs, String key) {
    Comparator<String> order = RunCondition::order;
    runs.sort(
        Comparator.comparing(
            run -> Optional.ofNullable(run.fields().get(key)).filter(v -> !v.isEmpty()),
            (a, b) ->
                a.isEmpty() || b.isEmpty()
                    ? Boolean.compare(a.isEmpty(), b.isEmpty())
                    : (reversed ? order.reversed() : order).compare(a.get(), b.get())));
  }

  private static void table(Console console, List<Path> named, List<ListedRun> runs) {
    Path base = named.size() == 1 ? named.getFirst() : null;
    List<String> names = runs.stream().map(run -> name(base, run.path())).toList();
    int room = width(console);
    int nameWidth = Math.max(3, names.stream().mapToInt(String::length).max().orElse(0));
    List<List<String>> cells = new ArrayList<>();
    List<Column> shown = new ArrayList<>();
    List<String> left = new ArrayList<>();
    int used = Math.min(nameWidth, Math.max(SHORTEST_NAME, room / 3));
    for (Column column : COLUMNS) {
      List<String> texts =
          runs.stream().map(run -> shortened(column.cell().apply(run), LONGEST_CELL)).toList();
      if (texts.stream().allMatch(String::isEmpty)) {
        continue;
      }
      int widest =
          Math.max(column.head().length(), texts.stream().mapToInt(String::length).max().orElse(0));
      if (used + 2 + widest > room && !shown.isEmpty()) {
        left.add(column.head());
        continue;
      }
      used += 2 + widest;
      shown.add(column);
      cells.add(texts);
    }
    int forName =
        Math.clamp(
            room - used + Math.min(nameWidth, Math.max(SHORTEST_NAME, room / 3)), 3, nameWidth);
    StringBuilder head = new StringBuilder(padded("run", forName, false));
    List<Integer> widths = new ArrayList<>();
    for (int c = 0; c < shown.size(); c++) {
      int widest =
          Math.max(
              shown.get(c).head().length(),
              cells.get(c).stream().mapToInt(String::length).max().orElse(0));
      widths.add(widest);
      head.append("  ").append(padded(shown.get(c).head(), widest, shown.get(c).number()));
    }
    console.out().println(head.toString().stripTrailing());
    for (int i = 0; i < runs.size(); i++) {
      StringBuilder line =
          new StringBuilder(padded(shortenedPath(names.get(i), forName), forName, false));
      for (int c = 0; c < shown.size(); c++) {
        line.append("  ").append(padded(cells.get(c).get(i), widths.get(c), shown.get(c).number()));
      }
      console.out().println(line.toString().stripTrailing());
    }
    if (!left.isEmpty()) {
      console
          .err()
          .println(
              "%d runs; not shown for want of room: %s (a wider terminal, or --json)"
                  .formatted(runs.size(), String.join(", ", left)));
    }
  }

  private static int width(Console console) {
    String told = console.environment().getOrDefault("COLUMNS", "");
    if (told.matches("[1-9]\\d{1,3}")) {
      return Integer.parseInt(told);
    }
    return console.terminal() ? Posix.columns().orElse(USUAL_WIDTH) : Integer.MAX_VALUE / 2;
  }

  private static String name(Path base, Path run) {
    boolean within = base != null && run.startsWith(base) && !run.equals(base);
    return Printable.text((within ? base.relativize(run) : run).toString());
  }

  private static String what(ListedRun run) {
    return Printable.text(run.data().isEmpty() ? run.what() : run.what() + " " + run.data());
  }

  private static String steps(ListedRun run) {
    if (run.steps()[0] < 0) {
      return "";
    }
    return run.steps()[0] + (run.steps()[1] < 0 ? "" : "/" + run.steps()[1]);
  }

  private static String number(ListedRun run, String... names) {
    return run.number(names).map(NumberText::of).orElse("");
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  /** The end of a name tells more than its beginning, which is often the time. */
  private static String shortenedPath(String text, int most) {
    return text.length() <= most ? text : "…" + text.substring(text.length() - most + 1);
  }

  private static String padded(String text, int width, boolean right) {
    String format = "%" + (right ? "" : "-") + Math.max(1, width) + "s";
    return String.format(Locale.ROOT, format, text);
  }
}
