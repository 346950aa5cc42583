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

  private static final String WEIGHTS = "weights";

  /** PyTorch's. */
  private static final double ADAMW_DECAY = 0.01;

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
                          new AdditiveNoise(arguments.named("trace"), AdditiveNoise.Kind.TRACE))),
              new BuiltIn(
                  "adam",
                  "Adam, 0.9,0.999,1e-8 unless said (beta1, beta2, epsilon)",
                  arguments -> List.of(adam(arguments))),
              new BuiltIn(
                  "adamw:decay=0.01",
                  "Adam with decoupled weight decay; with ,weights of weights only",
                  arguments -> {
                    boolean weights = arguments.flag(WEIGHTS);
                    return List.of(
                        adam(arguments),
                        new WeightDecay(arguments.named("decay", ADAMW_DECAY), true, weights));
                  }),
              new BuiltIn(
                  "rmsprop",
                  "RMSprop, 0.99,1e-8 unless said (alpha, epsilon)",
                  arguments ->
                      List.of(
                          new RmsProp(
                              arguments.number(0, "alpha", RmsProp.DECAY),
                              arguments.number(1, "epsilon", RmsProp.EPSILON)))),
              new BuiltIn(
                  "lion",
                  "Lion, 0.9,0.99 unless said (beta1, beta2), with decay=0 of its own",
                  arguments -> {
                    boolean weights = arguments.flag(WEIGHTS);
                    return List.of(
                        new Lion(
                            arguments.number(0, "beta1", Lion.BETA1),
                            arguments.number(1, "beta2", Lion.BETA2)),
                        new WeightDecay(arguments.named("decay", 0), true, weights));
                  }),
              new BuiltIn(
                  "weight-decay:5e-4",
                  "g <- g + lambda theta, before momentum; ,weights spares biases and"
                      + " normalisation; ,decoupled behind momentum",
                  arguments -> {
                    boolean decoupled = arguments.flag("decoupled");
                    boolean weights = arguments.flag(WEIGHTS);
                    return List.of(
                        new WeightDecay(arguments.number(0, "lambda"), decoupled, weights));
                  }),
              new BuiltIn(
                  "clip:1.0",
                  "gradient clipped to a norm, or its entries with clip:value=0.5",
                  arguments ->
                      List.of(
                          arguments.has("value")
                              ? new ClipValue(arguments.named("value"))
                              : new ClipNorm(arguments.number(0, "the norm")))),
              new BuiltIn(
                  "sam:rho=0.05",
                  "sharpness-aware minimisation: the gradient at theta + rho g/|g|",
                  arguments -> List.of(new Sam(arguments.named("rho")))),
              new BuiltIn(
                  "label-noise:flip=0.1",
                  "labels of a batch replaced with this probability; variance=0.1 adds to targets",
                  Optimizers::labelNoise),
              new BuiltIn(
                  "ema:0.999",
                  "keeps an exponential mean of the parameters beside them",
                  arguments ->
                      List.of(IterateAverage.exponential(arguments.number(0, "the decay")))),
              new BuiltIn(
                  "polyak:from=5",
                  "keeps the mean of the parameters after every step from an epoch on",
                  arguments -> List.of(IterateAverage.polyak(arguments.named("from", 0)))),
              new BuiltIn(
                  "swa:from=75",
                  "keeps their mean over epochs from one on, every=1",
                  arguments ->
                      List.of(
                          IterateAverage.swa(
                              arguments.named("from"), arguments.named("every", 1))))));

  private Optimizers() {}

  private static UpdateRule adam(RuleArguments arguments) {
    return new Adam(
        arguments.number(0, "beta1", Adam.BETA1),
        arguments.number(1, "beta2", Adam.BETA2),
        arguments.number(2, "epsilon", Adam.EPSILON));
  }

  private static List<UpdateRule> labelNoise(RuleArguments arguments) {
    boolean gaussian = arguments.has("variance");
    return List.of(
        new LabelNoise(
            arguments.named(gaussian ? "variance" : "flip"),
            gaussian ? LabelNoise.Kind.GAUSSIAN : LabelNoise.Kind.FLIP));
  }

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
      RuleArguments arguments =
          new RuleArguments("optimizer", link, provider.usage(), Named.argumentsOf(link));
      for (UpdateRule rule : provider.rules(arguments)) {
        if (!rule.isIdentity()) {
          rules.add(rule);
        }
      }
      arguments.allUsed();
    }
    ChainCheck.require(rules);
    return List.copyOf(rules);
  }
}
