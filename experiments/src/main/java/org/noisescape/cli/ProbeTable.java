package org.noisescape.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.noisescape.quantities.Finding;
import org.noisescape.quantities.Finding.ErrorKind;
import org.noisescape.quantities.Finding.Form;
import org.noisescape.quantities.StateProbe.Answer;
import org.noisescape.quantities.StateProbe.Result;

/** What a probe found, for people. */
final class ProbeTable {
  /** Longer lists are for programs: --json has them whole. */
  private static final int LONGEST = 40;

  private final PrintStream out;

  ProbeTable(PrintStream out) {
    this.out = out;
  }

  void print(List<Result> results) {
    for (Result result : results) {
      boolean many = result.of() > 1;
      for (int r = 0; r < result.replicas().size(); r++) {
        String replica = many ? "[" + r + "]" : "";
        print(result.request().text() + replica, result.replicas().get(r));
      }
    }
  }

  private void print(String name, Answer answer) {
    Finding estimate = answer.estimate();
    String effort = effort(answer);
    if (estimate.isUndefined()) {
      line(name, "undefined", effort);
    } else if (estimate.form() == Form.NUMBER) {
      line(name, value(estimate, 0), effort);
    } else if (estimate.values().size() > LONGEST) {
      String many = estimate.values().size() + " values, see --json";
      line(name, many + flag(estimate), effort);
    } else {
      line(
          name, estimate.values().isEmpty() ? "none" + flag(estimate) : value(estimate, 0), effort);
      for (int i = 1; i < estimate.values().size(); i++) {
        line("", value(estimate, i), "");
      }
    }
    estimate.extras().forEach(this::extra);
  }

  private void extra(String name, Object finding) {
    if (finding instanceof Double number) {
      line("  " + name, text(number), "");
    } else if (!(finding instanceof List<?> || finding instanceof Map<?, ?>)) {
      line("  " + name, String.valueOf(finding), "");
    }
  }

  private static String value(Finding estimate, int i) {
    double error = estimate.errorKind() == ErrorKind.NONE ? Double.NaN : estimate.errors().get(i);
    return text(estimate.values().get(i))
        + (Double.isNaN(error) ? "" : String.format(Locale.ROOT, " +- %.2g", error))
        + flag(estimate);
  }

  private static String flag(Finding estimate) {
    if (estimate.converged()) {
      return "";
    }
    return estimate.extras().get("lower_bound") instanceof Double lower
            && estimate.extras().get("upper_bound") instanceof Double upper
        ? " [not converged: from %s to %s]".formatted(text(lower), text(upper))
        : " [not converged]";
  }

  private static String effort(Answer answer) {
    String products = answer.cost().products() == 0 ? "" : answer.cost().products() + " products, ";
    return String.format(
        Locale.ROOT,
        "%s%.3g s, cost %.3g x gradient",
        products,
        answer.cost().seconds(),
        answer.gradients());
  }

  private void line(String name, String value, String effort) {
    out.println(String.format(Locale.ROOT, "%-24s %-36s %s", name, value, effort).stripTrailing());
  }

  private static String text(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e6;
    return String.format(Locale.ROOT, whole ? "%.0f" : "%.6g", value);
  }
}
