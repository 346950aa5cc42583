package org.noisescape.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.noisescape.registry.Named;
import org.noisescape.registry.Registry;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Tensor;

/** The architectures users can name, or write out. */
public final class ModelZoo {
  private record BuiltIn(String usage, String description, Builder builder)
      implements ModelProvider {
    @Override
    public Network build(String specification, int[] image, int outputs) {
      return builder.build(specification, Named.argumentsOf(specification), image, outputs);
    }
  }

  /** Makes the layers from the part after the colon, the input shape and the number of outputs. */
  private interface Builder {
    Network build(String name, String arguments, int[] image, int outputs);
  }

  private static final List<String> STYLE =
      List.of(ModelOptions.NORM, ModelOptions.GROUPS, ModelOptions.ACTIVATION);

  private static final List<String> DENSE =
      List.of(
          ModelOptions.ACTIVATION, ModelOptions.NORM, ModelOptions.GROUPS, ModelOptions.DROPOUT);

  private static final Registry<ModelProvider> REGISTRY =
      new Registry<>(
          "model",
          ModelProvider.class,
          ModelProvider::name,
          List.of(
              new BuiltIn("linear", "one dense layer", ModelZoo::linear),
              new BuiltIn(
                  "mlp:100,100",
                  "dense layers by hidden widths, ReLU between; :activation=gelu, :norm=layer, :dropout=0.5",
                  ModelZoo::mlp),
              new BuiltIn(
                  "mori-cnn",
                  "3x[64,3,3,1] 3x[128,3,3,1] 3x[256,3,3,1], max-pool after each stack (Mori et al. 2022)",
                  ModelZoo::moriCnn),
              new BuiltIn(
                  "meng-cnn",
                  "two 5x5 convolutions of 10 channels with max-pool, dense 50 (Meng et al. 2020);"
                      + " meng-cnn:literal has no ReLU after the convolutions, as the text writes it",
                  ModelZoo::mengCnn),
              new BuiltIn(
                  "wei-cnn",
                  "3x3 convolutions of 15, 20, 10 channels, each with max-pool (Wei and Schwab 2019)",
                  ModelZoo::weiCnn),
              deep(
                  "resnet18",
                  "ResNet-18 for small images (He et al. 2016), 11.2 million parameters; resnet18:16 has 16"
                      + " channels in the first stage instead of 64; :norm=group, :activation=silu",
                  8,
                  ResidualNetworks.WIDTH,
                  ResidualNetworks::resnet18),
              deep(
                  "resnet18-imagenet",
                  "the same with the stem for large pictures, 7x7 and max-pool: torchvision's resnet18;"
                      + " :WIDTH and options as resnet18",
                  32,
                  ResidualNetworks.WIDTH,
                  ResidualNetworks::imagenetResnet18),
              deep(
                  "preact-resnet18",
                  "ResNet-18 with normalisation and activation before the convolutions; :WIDTH and options as resnet18",
                  8,
                  ResidualNetworks.WIDTH,
                  ResidualNetworks::preactResnet18),
              deep(
                  "vgg16",
                  "VGG-16 with batch normalisation for 32x32 images (Simonyan and Zisserman 2015); :WIDTH and"
                      + " options as resnet18",
                  32,
                  PlainNetworks.WIDTH,
                  PlainNetworks::vgg16),
              deep(
                  "densenet",
                  "DenseNet-BC of 6, 12, 24 and 16 layers (Huang et al. 2017), growth 12; densenet:4 has"
                      + " growth 4; options as resnet18",
                  8,
                  DenseNet.GROWTH,
                  DenseNet::densenet),
              new BuiltIn(
                  "convnet",
                  "two 3x3 convolutions of 32 and 64 channels with max-pool, dense 128: the 4-layer ConvNet of"
                      + " Wei and Schwab (2019) as we read it",
                  ModelZoo::convnet),
              new DescribedNetwork()));

  /** Makes the layers of a deep network from its one number and the number of outputs. */
  private interface Layers {
    Layer build(LayerStyle style, int width, int outputs);
  }

  /** An architecture with one number, its width, after the colon. */
  private static ModelProvider deep(
      String name, String description, int side, int defaultWidth, Layers layers) {
    return new BuiltIn(
        name,
        description,
        (specification, arguments, image, outputs) -> {
          atLeast(specification, image, side);
          ModelOptions options = new ModelOptions(specification, arguments, STYLE);
          String text = options.sizes();
          int width = text.isEmpty() ? defaultWidth : width(specification, text);
          LayerStyle style = new LayerStyle(options.norm(BatchNorm::new), options.activation());
          Layer layer = layers.build(style, width, outputs);
          return new Network(specification, layer, channelsLast(image));
        });
  }

  private ModelZoo() {}

  /** Names, without arguments. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** All of them, for lists. */
  public static List<? extends Named> all() {
    return REGISTRY.all();
  }

  /**
   * Builds a model.
   *
   * @param specification name, with arguments after a colon
   * @param image (channels, height, width) of a sample; features have height = width = 1
   * @param outputs K
   * @throws IllegalArgumentException for an unknown name or arguments that make no sense
   */
  public static Network build(String specification, int[] image, int outputs) {
    return REGISTRY.require(specification).build(specification, image, outputs);
  }

  /**
   * What a run writes down for a specification: the same, but without what lies in other files.
   *
   * @throws IllegalArgumentException for an unknown name, or a file that cannot be read
   */
  public static String resolve(String specification) {
    return REGISTRY.require(specification).resolve(specification);
  }

  /** What was left out where a specification's file was read, a line each. */
  public static List<String> notes(String specification) {
    return REGISTRY.require(specification).notes(specification);
  }

  private static Network linear(String name, String arguments, int[] image, int outputs) {
    noArguments(name, arguments);
    return new Network(name, Sequential.of(new Dense(outputs)), flat(image));
  }

  private static Network mlp(String name, String arguments, int[] image, int outputs) {
    ModelOptions options = new ModelOptions(name, arguments, DENSE);
    Supplier<Layer> norm = options.norm(null);
    Supplier<Layer> activation = options.activation();
    double dropout = options.dropout();
    List<Layer> layers = new ArrayList<>();
    for (String width : options.sizes().split(",", -1)) {
      layers.add(new Dense(width(name, width)));
      if (norm != null) {
        layers.add(norm.get());
      }
      layers.add(activation.get());
      if (dropout > 0) {
        layers.add(new Dropout(dropout));
      }
    }
    layers.add(new Dense(outputs));
    return new Network(name, Sequential.of(layers), flat(image));
  }

  private static Network moriCnn(String name, String arguments, int[] image, int outputs) {
    noArguments(name, arguments);
    atLeast(name, image, 8);
    List<Layer> layers = new ArrayList<>();
    for (int channels : new int[] {64, 128, 256}) {
      for (int i = 0; i < 3; i++) {
        layers.add(new Conv2d(channels, 3, 1, 1));
        layers.add(new Activate(Activation.RELU));
      }
      layers.add(new MaxPool2d(2, 2));
    }
    layers.add(new Flatten());
    layers.add(new Dense(outputs));
    return new Network(name, Sequential.of(layers), channelsLast(image));
  }

  /** Section 5.1 names one ReLU only, after the first dense layer: {@code literal}. */
  private static Network mengCnn(String name, String arguments, int[] image, int outputs) {
    boolean literal = arguments.equals("literal");
    noArguments(name, literal ? "" : arguments);
    atLeast(name, image, 16);
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      layers.add(new Conv2d(10, 5, 1, 0));
      if (!literal) {
        layers.add(new Activate(Activation.RELU));
      }
      layers.add(new MaxPool2d(2, 2));
    }
    layers.add(new Flatten());
    layers.add(new Dense(50));
    layers.add(new Activate(Activation.RELU));
    layers.add(new Dense(outputs));
    return new Network(name, Sequential.of(layers), channelsLast(image));
  }

  /** Appendix A.5 gives kernels and channels; padding, ReLU, pooling and head are our reading. */
  private static Network weiCnn(String name, String arguments, int[] image, int outputs) {
    noArguments(name, arguments);
    atLeast(name, image, 8);
    List<Layer> layers = new ArrayList<>();
    for (int channels : new int[] {15, 20, 10}) {
      layers.add(new Conv2d(channels, 3, 1, 1));
      layers.add(new Activate(Activation.RELU));
      layers.add(new MaxPool2d(2, 2));
    }
    layers.add(new Flatten());
    layers.add(new Dense(outputs));
    return new Network(name, Sequential.of(layers), channelsLast(image));
  }

  private static Network convnet(String name, String arguments, int[] image, int outputs) {
    noArguments(name, arguments);
    atLeast(name, image, 4);
    return new Network(name, PlainNetworks.convnet(LayerStyle.USUAL, outputs), channelsLast(image));
  }

  private static int width(String name, String text) {
    try {
      int width = Integer.parseInt(text.strip());
      if (width >= 1) {
        return width;
      }
    } catch (NumberFormatException e) {
      // falls through to the message below, which names the text
    }
    throw new IllegalArgumentException(
        "model '"
            + name
            + "': widths must be whole numbers >= 1, got '"
            + text
            + "': write for example mlp:100,100 or resnet18:16");
  }

  private static void noArguments(String name, String arguments) {
    if (!arguments.isEmpty()) {
      throw new IllegalArgumentException("model '" + name + "' takes no arguments");
    }
  }

  private static void atLeast(String name, int[] image, int side) {
    if (image[1] < side || image[2] < side) {
      throw new IllegalArgumentException(
          "model '"
              + name
              + "' needs images of at least "
              + side
              + "x"
              + side
              + ", got "
              + Tensor.describe(image)
              + " (channels, height, width): use mlp or linear");
    }
  }

  static int[] flat(int[] image) {
    return new int[] {Network.product(image)};
  }

  static int[] channelsLast(int[] image) {
    return new int[] {image[1], image[2], image[0]};
  }
}
