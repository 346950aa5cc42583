package org.noisescape.nn;

import java.util.List;
import java.util.function.Function;
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
              new BuiltIn("relu", "max(x, 0)", a -> new Activate(Activation.RELU)),
              new BuiltIn("tanh", "hyperbolic tangent", a -> new Activate(Activation.TANH)),
              new BuiltIn("sigmoid", "1/(1 + e^-x)", a -> new Activate(Activation.SIGMOID)),
              new BuiltIn(
                  "maxpool 2", "maximum over windows, stride= as large", NamedLayers::maxPool),
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
    return new MaxPool2d(side, arguments.whole("stride", 1, side));
  }

  private static Layer averagePool(LayerArguments arguments) {
    return arguments.hasNext()
        ? new AveragePool2d(arguments.side("the window"))
        : AveragePool2d.global();
  }
}
