package org.noisescape.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.noisescape.registry.Named;

/**
 * The schedules of a run: of the learning rate, of the batch, and of numbers of its update rules.
 *
 * @param learningRate factor of η
 * @param batch factor of B, taken where an epoch begins
 * @param parameters factors of numbers of rules, by {@code RULE} or {@code RULE.PARAMETER}
 */
public record RunSchedules(
    Schedule learningRate, Schedule batch, Map<String, Schedule> parameters) {
  private static final String LEARNING_RATE = "lr";
  private static final String BATCH = "batch";
  private static final Pattern TARGET = Pattern.compile("\\s*([a-z0-9.-]+)=(.*)");

  /** Points at which factors of rules are looked at beforehand. */
  private static final int LOOKS = 1000;

  /** Keeps a map of its own. */
  public RunSchedules {
    parameters = Map.copyOf(parameters);
  }

  /** Nothing changes. */
  public static RunSchedules constant() {
    return of(new Schedule.Constant());
  }

  /** Only the learning rate changes. */
  public static RunSchedules of(Schedule learningRate) {
    return new RunSchedules(learningRate, new Schedule.Constant(), Map.of());
  }

  /** As users write it, numbers of rules in the order of their names. */
  public String text() {
    StringBuilder text = new StringBuilder(learningRate.text());
    new TreeMap<>(parameters)
        .forEach((of, schedule) -> text.append("/" + of + "=" + schedule.text()));
    if (!hasOneBatch()) {
      text.append("/" + BATCH + "=" + batch.text());
    }
    return text.toString();
  }

  /** The parts of a specification: the schedule of the learning rate, then {@code OF=SCHEDULE}. */
  static Map<String, String> parts(String specification) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : specification.split("/", -1)) {
      Matcher target = TARGET.matcher(part);
      boolean named = target.matches();
      String of = named ? target.group(1) : LEARNING_RATE;
      if (parts.put(of, (named ? target.group(2) : part).strip()) != null) {
        throw new IllegalArgumentException(
            "schedule '%s': %s has two: leave one out".formatted(specification, of));
      }
    }
    return parts;
  }

  /** Every schedule that a specification names, with what follows its colon. */
  public static List<String> links(String specification) {
    List<String> links = new ArrayList<>();
    parts(specification).values().forEach(part -> links.addAll(Schedules.links(part)));
    return links.stream().map(String::strip).toList();
  }

  /**
   * The schedules of a specification: {@code warmup:5+cosine}, or with those of other numbers
   * behind slashes, {@code cosine/momentum=linear:to=0.5/batch=step:2@30,60}.
   *
   * @throws IllegalArgumentException in one line where it makes no sense
   */
  public static RunSchedules parse(String specification) {
    Map<String, Schedule> parameters = new LinkedHashMap<>();
    parts(specification).forEach((of, text) -> parameters.put(of, Schedules.parse(text)));
    Schedule constant = new Schedule.Constant();
    Schedule rate = parameters.remove(LEARNING_RATE);
    Schedule batch = parameters.remove(BATCH);
    return new RunSchedules(
        rate == null ? constant : rate, batch == null ? constant : batch, parameters);
  }

  /** The same where an epoch has so many steps. */
  public RunSchedules in(double stepsPerEpoch) {
    Map<String, Schedule> resolved = new LinkedHashMap<>();
    parameters.forEach((of, schedule) -> resolved.put(of, schedule.in(stepsPerEpoch)));
    return new RunSchedules(learningRate.in(stepsPerEpoch), batch.in(stepsPerEpoch), resolved);
  }

  /** Whether a factor depends on how many steps an epoch has. */
  public boolean countSteps() {
    return learningRate.countsSteps()
        || batch.countsSteps()
        || parameters.values().stream().anyMatch(Schedule::countsSteps);
  }

  /** Whether the batch never changes. */
  public boolean hasOneBatch() {
    return batch instanceof Schedule.Constant;
  }

  /** The schedules of a rule, by its parameters. */
  public Map<String, Schedule> of(UpdateRule rule) {
    Map<String, Schedule> own = new LinkedHashMap<>();
    String name = Named.nameOf(rule.text());
    parameters.forEach(
        (target, schedule) -> {
          if (target.equals(name)) {
            own.put(only(rule, target), schedule);
          } else if (target.startsWith(name + ".")) {
            own.put(target.substring(name.length() + 1), schedule);
          }
        });
    return own;
  }

  private static String only(UpdateRule rule, String target) {
    if (rule.schedulable().size() != 1) {
      throw new IllegalArgumentException(
          rule.schedulable().isEmpty()
              ? "schedule of '%s': nothing of it can follow one".formatted(target)
              : "schedule of '%s': say of which number, %s"
                  .formatted(target, choices(List.of(rule))));
    }
    return rule.schedulable().getFirst();
  }

  private static String choices(List<UpdateRule> rules) {
    List<String> choices = new ArrayList<>();
    for (UpdateRule rule : rules) {
      String name = Named.nameOf(rule.text());
      rule.schedulable().forEach(parameter -> choices.add(name + "." + parameter));
    }
    return choices.isEmpty() ? "only lr and batch" : "one of " + String.join(", ", choices);
  }

  /**
   * Requires that every schedule belongs to a number of the rules, spans the run, and keeps to
   * factors of at most 1 for rules.
   *
   * @param rules of the run
   * @param epochs of the run, with schedules {@link #in} epochs
   * @throws IllegalArgumentException in one line
   */
  public void require(List<UpdateRule> rules, double epochs) {
    requireTargets(rules);
    if (epochs > 0) {
      requireSpan(learningRate, epochs);
      requireSpan(batch, epochs);
      parameters.forEach(
          (target, schedule) -> {
            requireSpan(schedule, epochs);
            requireFactors(target, schedule, epochs);
          });
    }
  }

  private void requireTargets(List<UpdateRule> rules) {
    for (String target : parameters.keySet()) {
      boolean found = false;
      for (UpdateRule rule : rules) {
        String name = Named.nameOf(rule.text());
        if (target.equals(name)) {
          only(rule, target);
          found = true;
        }
        found |= rule.schedulable().stream().anyMatch(p -> target.equals(name + "." + p));
      }
      if (!found) {
        throw new IllegalArgumentException(
            "schedule of '%s': the optimizer has no such number: %s"
                .formatted(target, choices(rules)));
      }
    }
  }

  private static void requireSpan(Schedule schedule, double epochs) {
    if (schedule.length() < epochs) {
      throw new IllegalArgumentException(
          "schedule '%s' ends after %s of %s epochs: say what follows, for example %s+constant"
              .formatted(schedule.text(), schedule.length(), epochs, schedule.text()));
    }
    if (schedule instanceof JoinedSchedule joined && joined.beforeLast() >= epochs) {
      throw new IllegalArgumentException(
          "schedule '%s': its last part begins after %s epochs, the run has %s: leave it out, or shorten the others"
              .formatted(schedule.text(), joined.beforeLast(), epochs));
    }
  }

  private static void requireFactors(String target, Schedule schedule, double epochs) {
    for (int i = 0; i <= LOOKS; i++) {
      double factor = schedule.factor(epochs * i / LOOKS, epochs);
      if (!(factor >= 0 && factor <= 1)) {
        throw new IllegalArgumentException(
            "schedule of '%s': factors must lie in [0, 1], got %s: write the largest value in the optimizer"
                .formatted(target, factor));
      }
    }
  }
}
