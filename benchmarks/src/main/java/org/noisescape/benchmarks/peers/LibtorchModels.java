package org.noisescape.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import java.util.Optional;

/** The benchmark's models of DJL's blocks. */
final class LibtorchModels {
  private LibtorchModels() {}

  /** A model of images (B, C, H, W) or of rows of features; nothing for other names. */
  static Optional<Block> block(String model, int outputs) {
    String[] parts = model.split(":", -1);
    return switch (parts[0]) {
      case "mlp" -> parts.length == 2 ? Optional.of(mlp(parts[1], outputs)) : Optional.empty();
      case "meng-cnn" -> Optional.of(meng(outputs));
      case "mori-cnn" -> Optional.of(mori(outputs));
      case "resnet18" ->
          parts.length <= 2 && !model.contains("=")
              ? Optional.of(resnet(parts.length == 1 ? 64 : Integer.parseInt(parts[1]), outputs))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Block mlp(String widths, int outputs) {
    SequentialBlock net = new SequentialBlock();
    for (String width : widths.split(",", -1)) {
      net.add(linear(Integer.parseInt(width))).add(Activation.reluBlock());
    }
    return net.add(linear(outputs));
  }

  private static Block meng(int outputs) {
    SequentialBlock net = new SequentialBlock();
    for (int i = 0; i < 2; i++) {
      net.add(conv(10, 5, 1, 0, true)).add(Activation.reluBlock()).add(halved());
    }
    return net.add(Blocks.batchFlattenBlock())
        .add(linear(50))
        .add(Activation.reluBlock())
        .add(linear(outputs));
  }

  private static Block mori(int outputs) {
    SequentialBlock net = new SequentialBlock();
    for (int width : new int[] {64, 128, 256}) {
      for (int i = 0; i < 3; i++) {
        net.add(conv(width, 3, 1, 1, true)).add(Activation.reluBlock());
      }
      net.add(halved());
    }
    return net.add(Blocks.batchFlattenBlock()).add(linear(outputs));
  }

  private static Block resnet(int width, int outputs) {
    SequentialBlock net = new SequentialBlock();
    net.add(conv(width, 3, 1, 1, false)).add(norm()).add(Activation.reluBlock());
    for (int stage = 0; stage < 4; stage++) {
      int planes = width << stage;
      net.add(residual(planes, stage == 0 ? 1 : 2, stage > 0)).add(residual(planes, 1, false));
    }
    return net.add(Pool.globalAvgPool2dBlock())
        .add(Blocks.batchFlattenBlock())
        .add(linear(outputs));
  }

  private static Block residual(int planes, int stride, boolean widens) {
    SequentialBlock main = new SequentialBlock();
    main.add(conv(planes, 3, stride, 1, false)).add(norm()).add(Activation.reluBlock());
    main.add(conv(planes, 3, 1, 1, false)).add(norm());
    Block shortcut =
        widens
            ? new SequentialBlock().add(conv(planes, 1, stride, 0, false)).add(norm())
            : Blocks.identityBlock();
    return new ParallelBlock(LibtorchModels::sumAndRelu, List.of(main, shortcut));
  }

  private static NDList sumAndRelu(List<NDList> branches) {
    NDArray sum = branches.get(0).singletonOrThrow().add(branches.get(1).singletonOrThrow());
    return new NDList(Activation.relu(sum));
  }

  private static Block linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  private static Block conv(int filters, int kernel, int stride, int padding, boolean bias) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(kernel, kernel))
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(padding, padding))
        .optBias(bias)
        .build();
  }

  private static Block norm() {
    return BatchNorm.builder().build();
  }

  private static Block halved() {
    return Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2));
  }
}
