package org.noisescape.dl4j;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;

/**
 * Shape of the samples that a network is fed, which configurations do not say, but what stands
 * before the first layers and those themselves.
 */
final class InputForms {
  private static final SampleForm IMAGE =
      new SampleForm(SampleForm.UNKNOWN, SampleForm.UNKNOWN, SampleForm.UNKNOWN);

  private InputForms() {}

  /** Of a chain. */
  static SampleForm of(MultiLayerConfiguration conf) {
    for (int i = 0; i < conf.getConfs().size(); i++) {
      InputPreProcessor before = conf.getInputPreProcess(i);
      if (i > 0 && before instanceof CnnToFeedForwardPreProcessor flat) {
        return new SampleForm(flat.getNumChannels(), SampleForm.UNKNOWN, SampleForm.UNKNOWN);
      }
      SampleForm form = of(before, conf.getConf(i).getLayer());
      if (form.channels() > 0) {
        return form;
      }
    }
    return IMAGE;
  }

  /** Of a graph: what the first vertices that it is fed to say. */
  static SampleForm of(ComputationGraphConfiguration conf) {
    String fed = conf.getNetworkInputs().getFirst();
    SampleForm known = IMAGE;
    for (var entry : conf.getVertexInputs().entrySet()) {
      if (entry.getValue().contains(fed)) {
        SampleForm form = of(conf.getVertices().get(entry.getKey()));
        boolean better =
            form.channels() > 0 && (known.channels() <= 0 || (form.isKnown() && !known.isKnown()));
        known = better ? form : known;
      }
    }
    return known;
  }

  private static SampleForm of(GraphVertex vertex) {
    if (vertex instanceof LayerVertex layer) {
      return of(layer.getPreProcessor(), layer.getLayerConf().getLayer());
    }
    return vertex instanceof PreprocessorVertex one ? of(one.getPreProcessor(), null) : IMAGE;
  }

  private static SampleForm of(InputPreProcessor before, Layer layer) {
    if (before instanceof FeedForwardToCnnPreProcessor image) {
      return image(image.getNumChannels(), image.getInputHeight(), image.getInputWidth());
    }
    if (before instanceof CnnToFeedForwardPreProcessor image) {
      return image(image.getNumChannels(), image.getInputHeight(), image.getInputWidth());
    }
    if (layer instanceof ConvolutionLayer convolution) {
      return new SampleForm(convolution.getNIn(), SampleForm.UNKNOWN, SampleForm.UNKNOWN);
    }
    boolean open =
        layer == null
            || layer instanceof SubsamplingLayer
            || layer instanceof GlobalPoolingLayer
            || layer instanceof BatchNormalization;
    return !open && layer instanceof FeedForwardLayer dense
        ? SampleForm.flat(dense.getNIn())
        : IMAGE;
  }

  private static SampleForm image(long channels, long height, long width) {
    return channels > 0 && height > 0 && width > 0
        ? new SampleForm(channels, height, width)
        : IMAGE;
  }
}
