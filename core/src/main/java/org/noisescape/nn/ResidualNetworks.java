package org.noisescape.nn;

/** ResNet-18: four stages of two blocks with w, 2w, 4w and 8w channels. */
final class ResidualNetworks {
  /** Channels w of the published networks. */
  static final int WIDTH = 64;

  private static final int STAGES = 4;
  private static final int BLOCKS = 2;

  private ResidualNetworks() {}

  /**
   * Activation after the addition; names as in torchvision's resnet18.
   *
   * <p>Source: He, Zhang, Ren and Sun (2016), "Deep Residual Learning for Image Recognition".
   */
  static Layer resnet18(LayerStyle style, int width, int outputs) {
    return stages(stem(style, width, 3, 1), style, width, outputs);
  }

  /** The same with the stem for large pictures, a 7×7 convolution and a max-pool: torchvision's. */
  static Layer imagenetResnet18(LayerStyle style, int width, int outputs) {
    LayerChain stem = stem(style, width, 7, 2).add(new MaxPool2d(3, 2, 1));
    return stages(stem, style, width, outputs);
  }

  private static LayerChain stem(LayerStyle style, int width, int kernel, int stride) {
    return new LayerChain(style)
        .add("conv1", LayerChain.convolution(width, kernel, stride))
        .norm("bn1")
        .activation();
  }

  private static Layer stages(LayerChain net, LayerStyle style, int width, int outputs) {
    int channels = width;
    for (int stage = 0; stage < STAGES; stage++) {
      int planes = LayerChain.channels(width, 1L << stage);
      LayerChain blocks = new LayerChain(style);
      for (int block = 0; block < BLOCKS; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        blocks.add(Integer.toString(block), basic(style, channels, planes, stride)).activation();
        channels = planes;
      }
      net.add("layer" + (stage + 1), blocks.done());
    }
    return net.add(AveragePool2d.global()).add(new Flatten()).add("fc", new Dense(outputs)).done();
  }

  private static Layer basic(LayerStyle style, int channels, int planes, int stride) {
    Layer main =
        new LayerChain(style)
            .add("conv1", LayerChain.convolution(planes, 3, stride))
            .norm("bn1")
            .activation()
            .add("conv2", LayerChain.convolution(planes, 3, 1))
            .norm("bn2")
            .done();
    if (stride == 1 && channels == planes) {
      return Residual.identity(main);
    }
    Layer shortcut = Sequential.of(LayerChain.convolution(planes, 1, stride), style.norm().get());
    return Residual.projected(main, "downsample", shortcut);
  }

  /**
   * Normalisation and activation before each convolution; names, and no normalisation before the
   * pool, as in the common CIFAR implementation.
   *
   * <p>Source: He, Zhang, Ren and Sun (2016), "Identity Mappings in Deep Residual Networks".
   */
  static Layer preactResnet18(LayerStyle style, int width, int outputs) {
    LayerChain net = new LayerChain(style).add("conv1", LayerChain.convolution(width, 3, 1));
    int channels = width;
    for (int stage = 0; stage < STAGES; stage++) {
      int planes = LayerChain.channels(width, 1L << stage);
      LayerChain blocks = new LayerChain(style);
      for (int block = 0; block < BLOCKS; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        blocks.add(Integer.toString(block), preactivated(style, channels, planes, stride));
        channels = planes;
      }
      net.add("layer" + (stage + 1), blocks.done());
    }
    return net.add(AveragePool2d.global())
        .add(new Flatten())
        .add("linear", new Dense(outputs))
        .done();
  }

  /** A projected shortcut begins after the first activation, an identity before it. */
  private static Layer preactivated(LayerStyle style, int channels, int planes, int stride) {
    if (stride == 1 && channels == planes) {
      LayerChain main = new LayerChain(style).norm("bn1").activation();
      return Residual.identity(convolutions(main, planes, stride));
    }
    Layer shortcut = Sequential.of(LayerChain.convolution(planes, 1, stride));
    Layer main = convolutions(new LayerChain(style), planes, stride);
    return new LayerChain(style)
        .norm("bn1")
        .activation()
        .add(Residual.projected(main, "shortcut", shortcut))
        .done();
  }

  private static Layer convolutions(LayerChain main, int planes, int stride) {
    return main.add("conv1", LayerChain.convolution(planes, 3, stride))
        .norm("bn2")
        .activation()
        .add("conv2", LayerChain.convolution(planes, 3, 1))
        .done();
  }
}
