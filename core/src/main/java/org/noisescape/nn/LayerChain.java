package org.noisescape.nn;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.nn.Conv2d.Bias;
import org.noisescape.nn.Sequential.Child;
import org.noisescape.tensor.Sizes;

/** Puts named layers one after another, for the deep architectures. */
final class LayerChain {
  private final LayerStyle style;
  private final List<Child> children = new ArrayList<>();

  LayerChain(LayerStyle style) {
    this.style = style;
  }

  /** A layer whose parameters have its name before theirs. */
  LayerChain add(String name, Layer layer) {
    children.add(new Child(name, layer));
    return this;
  }

  /** A layer without parameters, or whose parameters stand under the chain's own name. */
  LayerChain add(Layer layer) {
    return add("", layer);
  }

  /** The style's activation. */
  LayerChain activation() {
    return add(style.activation().get());
  }

  /** The style's normalisation, under the name of batch normalisation. */
  LayerChain norm(String name) {
    return add(name, style.norm().get());
  }

  /** Channels of a stage, so many times a width. */
  static int channels(int width, long times) {
    return Sizes.product("channels of a stage", "choose a smaller width", width, times);
  }

  /** The layers. */
  Sequential done() {
    return new Sequential(children);
  }

  /** A convolution without bias that keeps height and width at stride 1; the kernel is odd. */
  static Conv2d convolution(int outputs, int kernel, int stride) {
    return new Conv2d(outputs, kernel, stride, kernel / 2, Bias.NONE);
  }
}
