package org.noisescape.optim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.noisescape.registry.Named;
import org.noisescape.registry.Registry;

/** The optimizers users can name; names join to chains with {@code +}. */
public final class Optimizers {
  private record BuiltIn(
      String usage, String description, Function<RuleArguments, List<UpdateRule>> builder)
      implements OptimizerProvider {
    @Override
    public List<UpdateRule> rules(RuleArguments arguments) {
      return builder.apply(arguments);
    }
  }

  private static final Registry<OptimizerProvider> REGISTRY =
      new Registry<>(
          "optimizer",
          OptimizerProvider.class,
          OptimizerProvider::name,
          List.of(
              new BuiltIn("sgd", "theta <- theta - eta g", arguments -> List.of()),
              new BuiltIn(
                  "momentum:0.9",
                  "heavy ball: m <- mu m + g, theta <- theta - eta m",
                  arguments -> List.of(new HeavyBall(arguments.number(0, "mu")))),
              new BuiltIn(
                  "nesterov:0.9",
                  "m <- mu m + g, theta <- theta - eta (g + mu m)",
                  arguments -> List.of(new Nesterov(arguments.number(0, "mu")))),
              new BuiltIn(
                  "qhm:0.9,0.7",
                  "quasi-hyperbolic momentum (mu, nu)",
                  arguments ->
                      List.of(
                          new QuasiHyperbolic(
                              arguments.number(0, "mu"), arguments.number(1, "nu")))),
              new BuiltIn(
                  "pl-sgd:l1=0.02,l2=1e-4",
                  "power-law SGD, Meng et al. Eq. 13; l1, l2 are variances",
                  arguments -> List.of(new PowerLaw(arguments.named("l1"), arguments.named("l2")))),
              new BuiltIn(
                  "sgld:l3=1e-3",
                  "SGD with Gaussian gradient noise, Meng et al. Eq. 14; l3 is a variance",
                  arguments ->
                      List.of(
                          new AdditiveNoise(arguments.named("l3"), AdditiveNoise.Kind.VARIANCE))),
              new BuiltIn(
                  "isotropic:trace=0.5",
                  "SGD with isotropic gradient noise of a given trace",
                  arguments ->
                      List.of(
                          new AdditiveNoise(arguments.named("trace"), AdditiveNoise.Kind.TRACE)))));

  private Optimizers() {}

  /** Names, without arguments. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** All of them, for lists. */
  public static List<? extends Named> all() {
    return REGISTRY.all();
  }

  /** The links of a chain, one at least: a plus before a digit belongs to a number. */
  public static List<String> links(String specification) {
    return List.of(specification.split("\\+(?![0-9])", -1));
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
    for (String link : links(specification)) {
      OptimizerProvider provider = REGISTRY.require(link);
      if (!names.add(provider.name())) {
        throw new IllegalArgumentException(
            "optimizer '%s': %s is there twice: leave one out"
                .formatted(specification, provider.name()));
      }
      RuleArguments arguments = new RuleArguments(link, provider.usage(), Named.argumentsOf(link));
      for (UpdateRule rule : provider.rules(arguments)) {
        if (!rule.isIdentity()) {
          rules.add(rule);
        }
      }
      arguments.allUsed();
    }
    return List.copyOf(rules);
  }
}
