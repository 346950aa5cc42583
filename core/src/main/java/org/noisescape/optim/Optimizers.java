package org.noisescape.optim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The optimizers users can name; names join to chains with {@code +}. */
public final class Optimizers {
  /** One optimizer. */
  private record Entry(String usage, String description, Builder builder) {}

  /** Makes the rules from the part after the colon. */
  private interface Builder {
    List<UpdateRule> build(RuleArguments arguments);
  }

  private static final Map<String, Entry> ENTRIES = new LinkedHashMap<>();

  static {
    register("sgd", "sgd", "theta <- theta - eta g", arguments -> List.of());
    register(
        "momentum",
        "momentum:0.9",
        "heavy ball: m <- mu m + g, theta <- theta - eta m",
        arguments -> List.of(new HeavyBall(arguments.number(0, "mu"))));
    register(
        "nesterov",
        "nesterov:0.9",
        "m <- mu m + g, theta <- theta - eta (g + mu m)",
        arguments -> List.of(new Nesterov(arguments.number(0, "mu"))));
    register(
        "qhm",
        "qhm:0.9,0.7",
        "quasi-hyperbolic momentum (mu, nu)",
        arguments ->
            List.of(new QuasiHyperbolic(arguments.number(0, "mu"), arguments.number(1, "nu"))));
    register(
        "pl-sgd",
        "pl-sgd:l1=0.02,l2=1e-4",
        "power-law SGD, Meng et al. Eq. 13; l1, l2 are variances",
        arguments -> List.of(new PowerLaw(arguments.named("l1"), arguments.named("l2"))));
    register(
        "sgld",
        "sgld:l3=1e-3",
        "SGD with Gaussian gradient noise, Meng et al. Eq. 14; l3 is a variance",
        arguments ->
            List.of(new AdditiveNoise(arguments.named("l3"), AdditiveNoise.Kind.VARIANCE)));
    register(
        "isotropic",
        "isotropic:trace=0.5",
        "SGD with isotropic gradient noise of a given trace",
        arguments ->
            List.of(new AdditiveNoise(arguments.named("trace"), AdditiveNoise.Kind.TRACE)));
  }

  private Optimizers() {}

  private static void register(String name, String usage, String description, Builder builder) {
    ENTRIES.put(name, new Entry(usage, description, builder));
  }

  /** Names, without arguments. */
  public static List<String> names() {
    return List.copyOf(ENTRIES.keySet());
  }

  /** How an optimizer is written. */
  public static String usage(String name) {
    return ENTRIES.get(name).usage();
  }

  /** What an optimizer does. */
  public static String description(String name) {
    return ENTRIES.get(name).description();
  }

  /**
   * The chain of a specification such as {@code momentum:0.9+sgld:l3=1e-3}, without rules that do
   * nothing: an empty chain is plain SGD.
   *
   * @throws IllegalArgumentException for an unknown name, one that is there twice, or arguments
   *     that make no sense
   */
  public static List<UpdateRule> parse(String specification) {
    List<UpdateRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String link : specification.split("\\+(?![0-9])", -1)) {
      int colon = link.indexOf(':');
      String name = (colon < 0 ? link : link.substring(0, colon)).strip();
      Entry entry = ENTRIES.get(name);
      if (entry == null) {
        throw new IllegalArgumentException(
            "unknown optimizer '" + name + "': use one of " + String.join(", ", names()));
      }
      if (!names.add(name)) {
        throw new IllegalArgumentException(
            "optimizer '%s': %s is there twice: leave one out".formatted(specification, name));
      }
      RuleArguments arguments =
          new RuleArguments(link, entry.usage(), colon < 0 ? "" : link.substring(colon + 1));
      for (UpdateRule rule : entry.builder().build(arguments)) {
        if (!rule.isIdentity()) {
          rules.add(rule);
        }
      }
      arguments.allUsed();
    }
    return List.copyOf(rules);
  }
}
