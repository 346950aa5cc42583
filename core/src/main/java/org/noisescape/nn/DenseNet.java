package org.noisescape.nn;

import org.noisescape.tensor.Sizes;

/**
 * DenseNet-BC with the stem for small images: every layer sees the channels of all layers before it
 * in its block; names as in the common CIFAR implementation.
 *
 * <p>Source: Huang, Liu, van der Maaten and Weinberger (2017), with bottlenecks of 4k channels and
 * compression ½.
 */
final class DenseNet {
  /** Channels k that a layer adds. */
  static final int GROWTH = 12;

  private static final int[] BLOCKS = {6, 12, 24, 16};

  private DenseNet() {}

  /** Blocks of 6, 12, 24 and 16 layers. */
  static Layer densenet(int growth, int outputs) {
    return densenet(growth, BLOCKS, outputs);
  }

  /**
   * The network.
   *
   * @param growth channels k that a layer adds
   * @param blocks layers of each block
   * @param outputs K
   */
  static Layer densenet(int growth, int[] blocks, int outputs) {
    int channels = LayerChain.channels(growth, 2);
    LayerChain net = new LayerChain().add("conv1", LayerChain.convolution(channels, 3, 1));
    for (int block = 0; block < blocks.length; block++) {
      LayerChain layers = new LayerChain();
      for (int i = 0; i < blocks[block]; i++) {
        layers.add(Integer.toString(i), Concatenation.withInput(bottleneck(growth)));
      }
      net.add("dense" + (block + 1), layers.done());
      channels =
          Sizes.sum("channels", "choose a smaller growth", channels, (long) blocks[block] * growth);
      if (block < blocks.length - 1) {
        channels /= 2;
        net.add("trans" + (block + 1), transition(channels));
      }
    }
    return net.add("bn", new BatchNorm())
        .relu()
        .add(AveragePool2d.global())
        .add(new Flatten())
        .add("linear", new Dense(outputs))
        .done();
  }

  private static Layer bottleneck(int growth) {
    return new LayerChain()
        .add("bn1", new BatchNorm())
        .relu()
        .add("conv1", LayerChain.convolution(LayerChain.channels(growth, 4), 1, 1))
        .add("bn2", new BatchNorm())
        .relu()
        .add("conv2", LayerChain.convolution(growth, 3, 1))
        .done();
  }

  private static Layer transition(int channels) {
    return new LayerChain()
        .add("bn", new BatchNorm())
        .relu()
        .add("conv", LayerChain.convolution(channels, 1, 1))
        .add(new AveragePool2d(2))
        .done();
  }
}
