package org.noisescape.testing;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.nn.Activate;
import org.noisescape.nn.Conv2d;
import org.noisescape.nn.Dense;
import org.noisescape.nn.Flatten;
import org.noisescape.nn.Layer;
import org.noisescape.nn.MaxPool2d;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.nn.Sequential;
import org.noisescape.tensor.Activation;

/** The networks of the goldens by the names they have there. */
public final class TorchNetworks {
  private TorchNetworks() {}

  /** (channels, height, width) of a sample. */
  public static int[] image(String model) {
    return switch (model) {
      case "mori-like" -> new int[] {2, 17, 16};
      case "meng-cnn" -> new int[] {1, 16, 16};
      default -> new int[] {13, 1, 1};
    };
  }

  /** The network. */
  public static Network build(String model, int outputs) {
    int[] image = image(model);
    return switch (model) {
      case "mori-like" -> moriLike(image, outputs);
      case "smooth" ->
          new Network(
              model,
              Sequential.of(
                  new Dense(6),
                  new Activate(Activation.TANH),
                  new Dense(5),
                  new Activate(Activation.SIGMOID),
                  new Dense(outputs)),
              new int[] {image[0]});
      default -> ModelZoo.build(model, image, outputs);
    };
  }

  private static Network moriLike(int[] image, int outputs) {
    List<Layer> layers = new ArrayList<>();
    for (int channels : new int[] {4, 6, 8}) {
      for (int i = 0; i < 3; i++) {
        layers.add(new Conv2d(channels, 3, 1, 1));
        layers.add(new Activate(Activation.RELU));
      }
      layers.add(new MaxPool2d(2, 2));
    }
    layers.add(new Flatten());
    layers.add(new Dense(outputs));
    return new Network(
        "mori-like", Sequential.of(layers), new int[] {image[1], image[2], image[0]});
  }
}
