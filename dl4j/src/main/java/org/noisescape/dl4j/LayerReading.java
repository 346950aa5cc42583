package org.noisescape.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.IActivation;
import org.noisescape.dl4j.FoundLayer.Held;
import org.noisescape.dl4j.FoundLayer.Weight;

/** Finds the layers that a layer of DL4J is here: dropout before it, itself, its activation. */
final class LayerReading {
  private static final double USUAL_EPSILON = 1e-5;
  private static final double USUAL_MOMENTUM = 0.1;

  private final String called;
  private final String prefix;

  /**
   * Of one layer.
   *
   * @param called what DL4J calls it
   * @param prefix of its parameters in DL4J's table, with the underscore
   */
  LayerReading(String called, String prefix) {
    this.called = called;
    this.prefix = prefix;
  }

  /**
   * The last of its layers.
   *
   * @param conf its configuration
   * @param input what it takes its input from
   * @throws IllegalArgumentException in one line where there is no counterpart
   */
  FoundLayer read(Layer conf, FoundLayer input) {
    if (conf instanceof BaseLayer base && base.getWeightNoise() != null) {
      throw Refusal.of(called, conf, "noise on weights is not read: build it without weightNoise");
    }
    Class<?> type = conf.getClass();
    if (type == DenseLayer.class) {
      DenseLayer dense = (DenseLayer) conf;
      if (dense.hasLayerNorm()) {
        throw Refusal.of(called, conf, "its layer normalisation is not read: build it without");
      }
      return dense(dense, dense.hasBias(), input);
    }
    if (type == ConvolutionLayer.class || type == Convolution2D.class) {
      return convolution((ConvolutionLayer) conf, input);
    }
    if (type == BatchNormalization.class) {
      return normalization((BatchNormalization) conf, input);
    }
    if (conf instanceof SubsamplingLayer pool && isPlanePool(type)) {
      requireChannelsFirst(conf, pool.getCnn2dDataFormat());
      return PoolReading.of(called, pool, input);
    }
    if (type == GlobalPoolingLayer.class) {
      return PoolReading.of(called, (GlobalPoolingLayer) conf, input);
    }
    if (type == ActivationLayer.class) {
      return activated(((ActivationLayer) conf).getActivationFn(), input);
    }
    if (type == DropoutLayer.class) {
      return dropped(conf, input);
    }
    throw Refusal.of(
        called,
        conf,
        "this layer is not read; read are Dense, Convolution, Subsampling, BatchNormalization,"
            + " Activation, Dropout, GlobalPooling, Output and Loss layers: build the network of those");
  }

  private static boolean isPlanePool(Class<?> type) {
    return type == SubsamplingLayer.class || type == Pooling2D.class;
  }

  /** A dense layer with what stands before and after it. */
  FoundLayer dense(FeedForwardLayer conf, boolean bias, FoundLayer input) {
    if (!bias) {
      throw Refusal.of(called, conf, "it has no bias, and dense layers here have one: set hasBias");
    }
    FoundLayer from = dropped(conf, input);
    if (!from.form().isFlat()) {
      throw Refusal.of(
          called,
          conf,
          "its input is an image: put a CnnToFeedForwardPreProcessor before it, or set the input type");
    }
    long in = conf.getNIn();
    long out = conf.getNOut();
    if (from.form().isKnown() && from.form().channels() != in) {
      throw Refusal.of(
          called, conf, "it takes %d features and gets %d".formatted(in, from.form().channels()));
    }
    FoundLayer layer =
        from.then(
            called,
            "linear " + out,
            SampleForm.flat(out),
            List.of(
                new Weight("weight", prefix + "W", Held.TRANSPOSED, out, in),
                new Weight("bias", prefix + "b", Held.AS_IT_IS, out)));
    return activated(conf.getActivationFn(), layer);
  }

  private FoundLayer convolution(ConvolutionLayer conf, FoundLayer input) {
    requireChannelsFirst(conf, conf.getCnn2dDataFormat());
    FoundLayer from = dropped(conf, input);
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
    long in = conf.getNIn();
    long out = conf.getNOut();
    if (from.form().channels() != in) {
      throw Refusal.of(
          called, conf, "it takes %d channels and gets %d".formatted(in, from.form().channels()));
    }
    int side = window.kernel();
    Weight weight = new Weight("weight", prefix + "W", Held.AS_IT_IS, out, in, side, side);
    String words =
        "conv %d %dx%d".formatted(out, side, side)
            + window.words(1)
            + (conf.hasBias() ? "" : " bias=no");
    FoundLayer layer =
        from.then(
            called,
            words,
            window.output(from.form(), out),
            conf.hasBias()
                ? List.of(weight, new Weight("bias", prefix + "b", Held.AS_IT_IS, out))
                : List.of(weight));
    return activated(conf.getActivationFn(), layer);
  }

  /** DL4J applies no activation and no dropout of it. */
  private FoundLayer normalization(BatchNormalization conf, FoundLayer input) {
    if (!input.form().isFlat()) {
      requireChannelsFirst(conf, conf.getCnn2DFormat());
    }
    if (conf.isLockGammaBeta()) {
      throw Refusal.of(
          called, conf, "gamma and beta are locked, and here they are parameters: unlock them");
    }
    long size = conf.getNOut();
    double momentum = Math.rint((1 - conf.getDecay()) * 1e7) / 1e7;
    String words =
        "batchnorm"
            + (conf.getEps() == USUAL_EPSILON ? "" : " eps=" + conf.getEps())
            + (momentum == USUAL_MOMENTUM ? "" : " momentum=" + momentum);
    Weight variance =
        conf.isUseLogStd()
            ? new Weight("running_var", prefix + "log10stdev", Held.LOG_DEVIATION, size)
            : new Weight("running_var", prefix + "var", Held.AS_IT_IS, size);
    return input.then(
        called,
        words,
        input.form(),
        List.of(
            new Weight("weight", prefix + "gamma", Held.AS_IT_IS, size),
            new Weight("bias", prefix + "beta", Held.AS_IT_IS, size),
            new Weight("running_mean", prefix + "mean", Held.AS_IT_IS, size),
            variance));
  }

  private void requireChannelsFirst(Layer conf, CNN2DFormat format) {
    if (format != CNN2DFormat.NCHW) {
      throw Refusal.of(called, conf, "images in the order NHWC are not read: use NCHW");
    }
  }

  /** What dropout of a layer's input leaves. */
  private FoundLayer dropped(Layer conf, FoundLayer input) {
    IDropout dropout = conf.getIDropout();
    if (dropout == null) {
      return input;
    }
    boolean plain = dropout instanceof Dropout one && one.getPSchedule() == null;
    if (!plain) {
      throw Refusal.of(
          called,
          dropout,
          "only Dropout with one probability is read: take new Dropout(p), or leave it out");
    }
    // DL4J's number is the share that is kept
    double kept = ((Dropout) dropout).getP();
    double left = Math.rint((1 - kept) * 1e12) / 1e12;
    return left == 0 ? input : input.then(called, "dropout " + left, input.form());
  }

  /** What an activation leaves. */
  FoundLayer activated(IActivation activation, FoundLayer input) {
    String word = ActivationWords.of(called, activation);
    return word.isEmpty() ? input : input.then(called, word, input.form());
  }
}
