package org.noisescape.nn;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.noisescape.registry.Registry;
import org.noisescape.tensor.Activation;

/** The words for layers in descriptions of networks. */
public final class NamedLayers {
  private record BuiltIn(String usage, String description, Function<LayerArguments, Layer> builder)
      implements LayerProvider {
    @Override
    public Layer build(LayerArguments arguments) {
      return builder.apply(arguments);
    }
  }

  private static final Registry<LayerProvider> REGISTRY =
      new Registry<>(
          "layer",
          LayerProvider.class,
          LayerProvider::name,
          List.of(
              new BuiltIn(
                  "linear 100",
                  "dense layer with bias; without a number as many outputs as the data want",
                  NamedLayers::linear),
              new BuiltIn(
                  "conv 32 3x3",
                  "convolution with stride=1, pad=0, bias=yes",
                  NamedLayers::convolution),
              new BuiltIn("batchnorm", "eps=1e-5, momentum=0.1", NamedLayers::batchNorm),
              new BuiltIn(
                  "groupnorm 8",
                  "so many groups of channels; without a number at most 32, two channels or more each;"
                      + " eps=1e-5",
                  NamedLayers::groupNorm),
              new BuiltIn(
                  "layernorm",
                  "all features of a sample; eps=1e-5",
                  a -> new LayerNorm(a.number("eps", 1e-5))),
              new BuiltIn(
                  "dropout 0.5",
                  "leaves out a share of the units in training",
                  a -> new Dropout(a.next("the share that is left out"))),
              new BuiltIn("relu", "max(x, 0)", a -> new Activate(Activation.RELU)),
              new BuiltIn("tanh", "hyperbolic tangent", a -> new Activate(Activation.TANH)),
              new BuiltIn("sigmoid", "1/(1 + e^-x)", a -> new Activate(Activation.SIGMOID)),
              new BuiltIn(
                  "leaky-relu",
                  "x where x > 0, else 0.01 x",
                  a -> new Activate(Activation.LEAKY_RELU)),
              new BuiltIn("softplus", "ln(1 + e^x)", a -> new Activate(Activation.SOFTPLUS)),
              new BuiltIn(
                  "silu", "x sigmoid(x), also called swish", a -> new Activate(Activation.SILU)),
              new BuiltIn(
                  "gelu",
                  "x times the normal distribution function",
                  a -> new Activate(Activation.GELU)),
              new BuiltIn(
                  "gelu-tanh",
                  "its approximation by tanh",
                  a -> new Activate(Activation.GELU_TANH)),
              new BuiltIn("identity", "x", a -> new Activate(Activation.IDENTITY)),
              new BuiltIn(
                  "maxpool 2",
                  "maximum over windows, stride= as large, pad=0",
                  NamedLayers::maxPool),
              new BuiltIn(
                  "avgpool 2",
                  "mean over windows beside each other; without a number over the image",
                  NamedLayers::averagePool),
              new BuiltIn("flatten", "image to features, channels first", a -> new Flatten())));

  private NamedLayers() {}

  /** All of them, in the order of the listing. */
  public static List<LayerProvider> all() {
    return REGISTRY.all();
  }

  /** The layer of a word. */
  static Layer build(String word, LayerArguments arguments) {
    Layer layer = REGISTRY.require(word).build(arguments);
    arguments.done();
    return layer;
  }

  /**
   * The activation of a word: a layer that works element by element and takes no arguments.
   *
   * @throws IllegalArgumentException in one line with the words there are
   */
  static Layer activation(String word) {
    return REGISTRY
        .find(word)
        .flatMap(NamedLayers::activation)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown activation '%s': use one of %s"
                        .formatted(
                            word,
                            all().stream()
                                .filter(each -> activation(each).isPresent())
                                .map(LayerProvider::name)
                                .collect(Collectors.joining(", ")))));
  }

  private static Optional<Layer> activation(LayerProvider provider) {
    try {
      Layer layer = provider.build(new LayerArguments(List.of(provider.name()), 1));
      boolean pointwise = layer instanceof Activate || layer instanceof ElementwiseLayer;
      return pointwise ? Optional.of(layer) : Optional.empty();
    } catch (IllegalArgumentException e) {
      // it needs arguments
      return Optional.empty();
    }
  }

  private static Layer groupNorm(LayerArguments arguments) {
    boolean exact = arguments.hasNext();
    int groups = exact ? arguments.whole("groups") : LayerStyle.GROUPS;
    GroupNorm.Fit fit = exact ? GroupNorm.Fit.EXACT : GroupNorm.Fit.AT_MOST;
    return new GroupNorm(groups, fit, arguments.number("eps", 1e-5));
  }

  private static Layer linear(LayerArguments arguments) {
    return new Dense(arguments.hasNext() ? arguments.whole("outputs") : arguments.outputs());
  }

  private static Layer convolution(LayerArguments arguments) {
    return new Conv2d(
        arguments.whole("channels"),
        arguments.side("the kernel"),
        arguments.whole("stride", 1, 1),
        arguments.whole("pad", 0, 0),
        arguments.flag("bias", true) ? Conv2d.Bias.ADDED : Conv2d.Bias.NONE);
  }

  private static Layer batchNorm(LayerArguments arguments) {
    return new BatchNorm(arguments.number("eps", 1e-5), arguments.number("momentum", 0.1));
  }

  private static Layer maxPool(LayerArguments arguments) {
    int side = arguments.side("the window");
    return new MaxPool2d(side, arguments.whole("stride", 1, side), arguments.whole("pad", 0, 0));
  }

  private static Layer averagePool(LayerArguments arguments) {
    return arguments.hasNext()
        ? new AveragePool2d(arguments.side("the window"))
        : AveragePool2d.global();
  }
}
