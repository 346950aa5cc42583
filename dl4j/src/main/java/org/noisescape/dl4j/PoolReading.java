package org.noisescape.dl4j;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** Finds the pools that those of DL4J are here. */
final class PoolReading {
  private PoolReading() {}

  /** A pool by windows; DL4J applies no dropout of it. */
  static FoundLayer of(String called, SubsamplingLayer conf, FoundLayer from) {
    SquareWindow window =
        SquareWindow.of(
            called,
            conf,
            new SquareWindow.Settings(
                conf.getKernelSize(),
                conf.getStride(),
                conf.getPadding(),
                conf.getDilation(),
                conf.getConvolutionMode()),
            from.form());
    SampleForm output = window.output(from.form(), from.form().channels());
    if (conf.getPoolingType() == PoolingType.MAX) {
      String words = "maxpool " + window.kernel() + window.words(window.kernel());
      return from.then(called, words, output);
    }
    if (conf.getPoolingType() != PoolingType.AVG) {
      throw Refusal.of(called, conf, "pools of type MAX and AVG are read: use one of those");
    }
    if (window.padding() != 0 || window.stride() != window.kernel()) {
      throw Refusal.of(
          called, conf, "an AVG pool needs padding 0 and a stride as large as its kernel here");
    }
    return from.then(called, "avgpool " + window.kernel(), output);
  }

  /** A pool over the image. */
  static FoundLayer of(String called, GlobalPoolingLayer conf, FoundLayer from) {
    SampleForm form = from.form();
    if (form.isFlat()) {
      throw Refusal.of(called, conf, "its input must be an image: set the network's input type");
    }
    if (conf.getPoolingDimensions() != null
        && !Arrays.equals(conf.getPoolingDimensions(), new int[] {2, 3})) {
      throw Refusal.of(called, conf, "only pools over height and width are read");
    }
    FoundLayer layer =
        from.then(called, global(called, conf, form), new SampleForm(form.channels(), 1, 1));
    return conf.isCollapseDimensions()
        ? layer.then(called, "flatten", SampleForm.flat(form.channels()))
        : layer;
  }

  private static String global(String called, GlobalPoolingLayer conf, SampleForm form) {
    if (conf.getPoolingType() == PoolingType.AVG) {
      return "avgpool";
    }
    boolean square = form.isKnown() && form.height() == form.width();
    if (conf.getPoolingType() != PoolingType.MAX || !square) {
      throw Refusal.of(
          called,
          conf,
          "global pools of type AVG are read, and MAX over square images of known size: use AVG");
    }
    return "maxpool " + form.height();
  }
}
