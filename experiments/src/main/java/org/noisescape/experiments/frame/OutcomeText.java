package org.noisescape.experiments.frame;

import java.util.List;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.report.NumberText;

/** An outcome as lines for a terminal. */
final class OutcomeText {
  private static final int WIDTH = 78;
  private static final String INDENT = "           ";

  private OutcomeText() {}

  static String of(ExperimentOutcome outcome) {
    StringBuilder text = new StringBuilder();
    text.append("%s (%s)\n".formatted(outcome.id(), outcome.preset().label()));
    text.append(
        "verdict    %s%s%s\n"
            .formatted(
                outcome.verdict(),
                outcome.undecided().map(reason -> ": " + reason).orElse(""),
                outcome.partial() ? ", PARTIAL: stopped, of what was done till then" : ""));
    text.append("criterion  ").append(wrap(outcome.criterion())).append('\n');
    List<String> values =
        outcome.measurements().stream()
            .map(m -> NumberText.withError(m.value(), m.standardError()))
            .toList();
    int name = longest(outcome.measurements().stream().map(NamedMeasurement::name).toList());
    int number = longest(values);
    for (int i = 0; i < values.size(); i++) {
      NamedMeasurement measurement = outcome.measurements().get(i);
      String theory =
          Double.isNaN(measurement.theory()) ? "" : "theory " + NumberText.of(measurement.theory());
      String judged = measurement.verdict().map(Verdict::name).orElse("");
      text.append(
          ("  %-" + name + "s  %-" + number + "s  %-8s  %s")
              .formatted(measurement.name(), values.get(i), theory, judged)
              .stripTrailing());
      text.append('\n');
    }
    int rival = longest(outcome.rivals().stream().map(Rival::name).toList());
    for (Rival each : outcome.rivals()) {
      text.append(("rival      %-" + rival + "s  %s\n").formatted(each.name(), each.verdict()));
    }
    return text.toString();
  }

  private static int longest(List<String> words) {
    return words.stream().mapToInt(String::length).max().orElse(1);
  }

  private static String wrap(String text) {
    StringBuilder wrapped = new StringBuilder();
    int column = 0;
    for (String word : text.strip().split("\\s+", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH - INDENT.length()) {
        wrapped.append('\n').append(INDENT);
        column = 0;
      } else if (column > 0) {
        wrapped.append(' ');
        column++;
      }
      wrapped.append(word);
      column += word.length();
    }
    return wrapped.toString();
  }
}
