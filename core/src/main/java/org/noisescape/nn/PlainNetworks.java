package org.noisescape.nn;

import java.util.ArrayList;
import java.util.List;

/** Deep convolutional networks without shortcuts. */
final class PlainNetworks {
  /** Channels of VGG's first stage. */
  static final int WIDTH = 64;

  private PlainNetworks() {}

  /**
   * VGG-16 with batch normalisation for images of 32×32: five stages of 3×3 convolutions with max-
   * pool, then one dense layer; names as in the common CIFAR implementation.
   *
   * <p>Source: Simonyan and Zisserman (2015), configuration D.
   */
  static Layer vgg16(LayerStyle style, int width, int outputs) {
    return vgg(style, new int[] {2, 2, 3, 3, 3}, width, outputs);
  }

  /**
   * The same with other stages.
   *
   * @param style norm and activation
   * @param convolutions of each stage
   * @param width channels of the first stage, doubled up to the fourth
   * @param outputs K
   */
  static Layer vgg(LayerStyle style, int[] convolutions, int width, int outputs) {
    List<Layer> features = new ArrayList<>();
    for (int stage = 0; stage < convolutions.length; stage++) {
      int channels = LayerChain.channels(width, 1L << Math.min(stage, 3));
      for (int i = 0; i < convolutions[stage]; i++) {
        features.add(new Conv2d(channels, 3, 1, 1));
        features.add(style.norm().get());
        features.add(style.activation().get());
      }
      features.add(new MaxPool2d(2, 2));
    }
    return new LayerChain(style)
        .add("features", Sequential.of(features))
        .add(new Flatten())
        .add("classifier", new Dense(outputs))
        .done();
  }

  /**
   * Two 3×3 convolutions of 32 and 64 channels, each with an activation and max-pool, and dense
   * layers of 128 and K: four layers with parameters.
   *
   * <p>Source: Wei and Schwab (2019), section A.2.2, names a 4-layer ConvNet; the layers are our
   * reading.
   */
  static Layer convnet(LayerStyle style, int outputs) {
    return new LayerChain(style)
        .add("conv1", new Conv2d(32, 3, 1, 1))
        .activation()
        .add(new MaxPool2d(2, 2))
        .add("conv2", new Conv2d(64, 3, 1, 1))
        .activation()
        .add(new MaxPool2d(2, 2))
        .add(new Flatten())
        .add("fc1", new Dense(128))
        .activation()
        .add("fc2", new Dense(outputs))
        .done();
  }
}
