package org.noisescape.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.noisescape.files.Decimal;
import org.noisescape.optim.RampSchedule.Shape;
import org.noisescape.registry.Named;
import org.noisescape.registry.Registry;

/** The schedules users can name; {@code +} puts one after the other. */
public final class Schedules {
  private record BuiltIn(String usage, String description, Function<String, Schedule> parser)
      implements ScheduleProvider {
    @Override
    public Schedule schedule(String specification) {
      return parser.apply(specification);
    }
  }

  /** Makes a schedule of its arguments and the text they come from. */
  private interface Maker {
    Schedule of(RuleArguments arguments, String text);
  }

  private static final Registry<ScheduleProvider> REGISTRY =
      new Registry<>(
          "schedule",
          ScheduleProvider.class,
          ScheduleProvider::name,
          List.of(
              builtIn("constant", "1 throughout", (with, text) -> new Schedule.Constant()),
              builtIn(
                  "cosine",
                  "from 1 along half a cosine to to=0, to the end or over=EPOCHS",
                  (with, text) -> ramp(Shape.COSINE, 1, with, text)),
              new BuiltIn(
                  "step:0.1@30,60", "times a factor at each of some epochs", Schedules::step),
              builtIn(
                  "warmup:5",
                  "a line up from from=0 to 1 over so many epochs, or 500steps",
                  (with, text) ->
                      new RampSchedule(
                          Shape.LINEAR,
                          with.named("from", 0),
                          1,
                          1,
                          Optional.of(with.length(0, "its stretch")),
                          text)),
              builtIn(
                  "linear",
                  "from 1 along a line to to=0, to the end or over=EPOCHS",
                  (with, text) -> ramp(Shape.LINEAR, 1, with, text)),
              builtIn(
                  "polynomial:2",
                  "as linear, along a power of the rest of the way",
                  (with, text) -> ramp(Shape.POLYNOMIAL, with.number(0, "the power"), with, text)),
              builtIn(
                  "one-cycle",
                  "from from=0.04 up to peak=1 in rise=0.3 of the run, down to to=4e-6, as PyTorch",
                  (with, text) ->
                      new OneCycle(
                          with.named("rise", 0.3),
                          with.named("from", 0.04),
                          with.named("peak", 1),
                          with.named("to", 4e-6),
                          0,
                          text)),
              new BuiltIn("piecewise:1@0,0.1@30", "values from some epochs on", Schedules::points),
              new BuiltIn(
                  "lines:0@0,1@5,0@24",
                  "values at some epochs, straight lines between them",
                  Schedules::points)));

  private Schedules() {}

  private static BuiltIn builtIn(String usage, String description, Maker maker) {
    return new BuiltIn(
        usage,
        description,
        text -> {
          RuleArguments arguments =
              new RuleArguments("schedule", text, usage, Named.argumentsOf(text));
          Schedule schedule = maker.of(arguments, text);
          arguments.allUsed();
          return schedule;
        });
  }

  private static Schedule ramp(Shape shape, double power, RuleArguments with, String text) {
    return new RampSchedule(shape, 1, with.named("to", 0), power, with.length("over"), text);
  }

  /** Names, without arguments. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** All of them, for lists. */
  public static List<? extends Named> all() {
    return REGISTRY.all();
  }

  /** The parts of a chain, one at least: a plus before a digit belongs to a number. */
  public static List<String> links(String specification) {
    return Optimizers.links(specification);
  }

  /**
   * The schedule of a specification such as {@code warmup:5+cosine}.
   *
   * @throws IllegalArgumentException for an unknown name, or arguments that make no sense
   */
  public static Schedule parse(String specification) {
    List<Schedule> parts = new ArrayList<>();
    for (String link : links(specification)) {
      String part = link.strip();
      parts.add(REGISTRY.require(part).schedule(part));
    }
    return parts.size() == 1 ? parts.getFirst() : new JoinedSchedule(parts);
  }

  private static Schedule step(String specification) {
    String arguments = Named.argumentsOf(specification);
    int at = arguments.indexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException(
          "schedule '" + specification + "': write step:FACTOR@EPOCH[,EPOCH...]");
    }
    try {
      List<RunLength> milestones = new ArrayList<>();
      for (String text : arguments.substring(at + 1).split(",", -1)) {
        milestones.add(RunLength.parse(text));
      }
      return StepSchedule.ofFactor(
          Decimal.parse(arguments.substring(0, at)), milestones.toArray(RunLength[]::new));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "schedule '" + specification + "': numbers expected, for example step:0.1@30,60", e);
    }
  }

  private static Schedule points(String specification) {
    List<Double> values = new ArrayList<>();
    List<RunLength> at = new ArrayList<>();
    try {
      for (String point : Named.argumentsOf(specification).split(",", -1)) {
        String[] parts = point.split("@", -1);
        if (parts.length != 2) {
          throw new NumberFormatException(point);
        }
        values.add(Decimal.parse(parts[0]));
        at.add(RunLength.parse(parts[1]));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "schedule '%s': write VALUE@EPOCH[,VALUE@EPOCH...], for example %s:1@0,0.1@30"
              .formatted(specification, Named.nameOf(specification)),
          e);
    }
    return StepSchedule.ofValues(Named.nameOf(specification), values, at);
  }
}
