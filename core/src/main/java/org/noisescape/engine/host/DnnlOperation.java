package org.noisescape.engine.host;

import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.noisescape.engine.host.DnnlDescriptors.Finish;
import org.noisescape.tensor.ConvolutionGeometry;

/** oneDNN's description of one pass of a convolution; needed only until the primitive is made. */
final class DnnlOperation implements AutoCloseable {
  /** Which pass. */
  enum Kind {
    /** With bias. */
    FORWARD,
    /** Without bias. */
    LINEAR,
    INPUT_GRADIENT,
    /** With that of the bias. */
    WEIGHT_GRADIENT;

    boolean isForward() {
      return this == FORWARD || this == LINEAR;
    }

    boolean hasBias() {
      return this == FORWARD || this == WEIGHT_GRADIENT;
    }
  }

  /** How oneDNN computes. */
  enum Algorithm {
    /** On channels-last images as they are. */
    DIRECT(dnnl.dnnl_convolution_direct, dnnl.dnnl_nhwc),
    /** In the layout oneDNN likes best. */
    DIRECT_BLOCKED(dnnl.dnnl_convolution_direct, dnnl.dnnl_format_tag_any),
    /** Winograd F(4×4, 3×3): Lavin and Gray (2016). */
    WINOGRAD(dnnl.dnnl_convolution_winograd, dnnl.dnnl_format_tag_any);

    private final int number;
    private final int layout;

    Algorithm(int number, int layout) {
      this.number = number;
      this.layout = layout;
    }
  }

  private final long[] imageDims;
  private final long[] weightDims;
  private final long[] outputDims;
  private final long[] biasDims;
  private final long[] strides;
  private final long[] padding;
  private final dnnl_primitive_desc hint;
  private final dnnl_primitive_desc descriptor;

  private DnnlOperation(
      Kind kind, Algorithm algorithm, ConvolutionGeometry g, Finish finish, int samples) {
    imageDims = new long[] {samples, g.inputChannels(), g.height(), g.width()};
    weightDims =
        new long[] {g.outputChannels(), g.inputChannels(), g.kernelHeight(), g.kernelWidth()};
    outputDims = new long[] {samples, g.outputChannels(), g.outputHeight(), g.outputWidth()};
    biasDims = new long[] {g.outputChannels()};
    strides = new long[] {g.stride(), g.stride()};
    padding = new long[] {g.padding(), g.padding()};
    hint = forward(kind, algorithm, finish);
    descriptor = kind.isForward() || hint == null ? hint : backward(kind, algorithm);
  }

  /** Describes a pass; null where oneDNN has no such implementation. */
  static DnnlOperation of(
      Kind kind, Algorithm algorithm, ConvolutionGeometry geometry, Finish finish, int samples) {
    DnnlOperation operation = new DnnlOperation(kind, algorithm, geometry, finish, samples);
    if (operation.descriptor == null) {
      operation.close();
      return null;
    }
    return operation;
  }

  private dnnl_primitive_desc forward(Kind kind, Algorithm algorithm, Finish finish) {
    dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
    int status =
        dnnl.dnnl_convolution_forward_desc_init(
            operation,
            dnnl.dnnl_forward_training,
            algorithm.number,
            DnnlDescriptors.layout(imageDims, algorithm.layout),
            DnnlDescriptors.layout(weightDims, dnnl.dnnl_format_tag_any),
            kind == Kind.LINEAR ? null : bias(),
            DnnlDescriptors.layout(outputDims, algorithm.layout),
            strides,
            padding,
            padding);
    return DnnlDescriptors.convolution(status, operation, finish, null);
  }

  private dnnl_primitive_desc backward(Kind kind, Algorithm algorithm) {
    dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
    dnnl_memory_desc_t image = DnnlDescriptors.layout(imageDims, algorithm.layout);
    dnnl_memory_desc_t weight = DnnlDescriptors.layout(weightDims, dnnl.dnnl_format_tag_any);
    dnnl_memory_desc_t output = DnnlDescriptors.layout(outputDims, algorithm.layout);
    int number = algorithm.number;
    int status =
        kind == Kind.INPUT_GRADIENT
            ? dnnl.dnnl_convolution_backward_data_desc_init(
                operation, number, image, weight, output, strides, padding, padding)
            : dnnl.dnnl_convolution_backward_weights_desc_init(
                operation, number, image, weight, bias(), output, strides, padding, padding);
    return DnnlDescriptors.convolution(status, operation, Finish.NONE, hint);
  }

  dnnl_primitive_desc descriptor() {
    return descriptor;
  }

  /** The layout of images that the primitive sees. */
  dnnl_memory_desc_t innerImages(boolean gradient) {
    return DnnlDescriptors.query(
        descriptor, gradient ? dnnl.dnnl_query_diff_src_md : dnnl.dnnl_query_src_md);
  }

  dnnl_memory_desc_t innerWeights(boolean gradient) {
    return DnnlDescriptors.query(
        descriptor, gradient ? dnnl.dnnl_query_diff_weights_md : dnnl.dnnl_query_weights_md);
  }

  dnnl_memory_desc_t innerOutputs(boolean gradient) {
    return DnnlDescriptors.query(
        descriptor, gradient ? dnnl.dnnl_query_diff_dst_md : dnnl.dnnl_query_dst_md);
  }

  /** The layout of the user's images. */
  dnnl_memory_desc_t images() {
    return DnnlDescriptors.layout(imageDims, dnnl.dnnl_nhwc);
  }

  dnnl_memory_desc_t weights() {
    return DnnlDescriptors.layout(weightDims, dnnl.dnnl_oihw);
  }

  dnnl_memory_desc_t outputs() {
    return DnnlDescriptors.layout(outputDims, dnnl.dnnl_nhwc);
  }

  dnnl_memory_desc_t bias() {
    return DnnlDescriptors.layout(biasDims, dnnl.dnnl_a);
  }

  @Override
  public void close() {
    if (descriptor != hint) {
      DnnlDescriptors.destroy(descriptor);
    }
    DnnlDescriptors.destroy(hint);
  }
}
