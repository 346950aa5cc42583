package org.noisescape.optim;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.noisescape.files.Decimal;
import org.noisescape.registry.Named;
import org.noisescape.registry.Registry;

/** The schedules users can name. */
public final class Schedules {
  private record BuiltIn(String usage, String description, Function<String, Schedule> parser)
      implements ScheduleProvider {
    @Override
    public Schedule schedule(String specification) {
      return parser.apply(specification);
    }
  }

  private static final Registry<ScheduleProvider> REGISTRY =
      new Registry<>(
          "schedule",
          ScheduleProvider.class,
          ScheduleProvider::name,
          List.of(
              new BuiltIn("constant", "eta stays", text -> plain(text, new Schedule.Constant())),
              new BuiltIn(
                  "cosine",
                  "eta falls along half a cosine to 0",
                  text -> plain(text, new Schedule.Cosine())),
              new BuiltIn(
                  "step:0.1@30,60", "eta times a factor at each of some epochs", Schedules::step)));

  private Schedules() {}

  /** Names, without arguments. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** All of them, for lists. */
  public static List<? extends Named> all() {
    return REGISTRY.all();
  }

  /**
   * The schedule of a specification: {@code constant}, {@code cosine}, {@code step:0.1@45}, {@code
   * step:0.1@30,60}, or one of a {@link ScheduleProvider}.
   *
   * @throws IllegalArgumentException for any other name, or arguments that make no sense
   */
  public static Schedule parse(String specification) {
    return REGISTRY.require(specification).schedule(specification);
  }

  private static Schedule plain(String specification, Schedule schedule) {
    String name = Named.nameOf(specification);
    if (!specification.equals(name)) {
      throw new IllegalArgumentException(
          "schedule '%s': %s takes no arguments, write %s".formatted(specification, name, name));
    }
    return schedule;
  }

  private static Schedule step(String specification) {
    String arguments = Named.argumentsOf(specification);
    int at = arguments.indexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException(
          "schedule '" + specification + "': write step:FACTOR@EPOCH[,EPOCH...]");
    }
    try {
      return new Schedule.Step(
          Decimal.parse(arguments.substring(0, at)),
          Arrays.stream(arguments.substring(at + 1).split(",", -1))
              .mapToDouble(Decimal::parse)
              .toArray());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "schedule '" + specification + "': numbers expected, for example step:0.1@30,60", e);
    }
  }
}
