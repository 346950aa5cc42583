package org.noisescape.engine.host;

import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.noisescape.engine.host.DnnlPrimitive.Slot;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.ConvolutionGeometry;

/**
 * One pass of a convolution (forward, input gradient or weight gradient) from user layouts to user
 * layouts: images channels-last, weights (C_out, C_in, kh, kw).
 *
 * <p>Inside, oneDNN may want other layouts; conversions go through scratch memory.
 */
final class DnnlPass {
  /** Which pass. */
  enum Kind {
    FORWARD,
    INPUT_GRADIENT,
    WEIGHT_GRADIENT
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

  private final DnnlPort images;
  private final DnnlPort weights;
  private final DnnlPort outputs;
  private final Slot bias;
  private final Kind kind;
  private final DnnlPrimitive primitive;
  private final double multiplications;
  private final long scratchBytes;

  private DnnlPass(
      Kind kind,
      double multiplications,
      DnnlPort images,
      DnnlPort weights,
      DnnlPort outputs,
      Slot bias,
      DnnlPrimitive primitive) {
    this.kind = kind;
    this.multiplications = multiplications;
    this.images = images;
    this.weights = weights;
    this.outputs = outputs;
    this.bias = bias;
    this.primitive = primitive;
    long pad = primitive.scratchBytes();
    for (DnnlPort port : new DnnlPort[] {images, weights, outputs}) {
      pad = Math.max(pad, port.conversion == null ? 0 : port.conversion.scratchBytes());
    }
    this.scratchBytes = images.innerBytes() + weights.innerBytes() + outputs.innerBytes() + pad;
  }

  /**
   * Prepares a pass.
   *
   * @return null where oneDNN has no such implementation
   */
  static DnnlPass of(
      Kind kind, Algorithm algorithm, ConvolutionGeometry g, Activation activation, int samples) {
    double multiplications = (double) samples * g.positions() * g.weightSize();
    OneDnn.threadsFor(multiplications);
    int number = algorithm.number;
    int tag = algorithm.layout;
    int any = dnnl.dnnl_format_tag_any;
    long[] imageDims = {samples, g.inputChannels(), g.height(), g.width()};
    long[] weightDims = {g.outputChannels(), g.inputChannels(), g.kernelHeight(), g.kernelWidth()};
    long[] outputDims = {samples, g.outputChannels(), g.outputHeight(), g.outputWidth()};
    long[] strides = {g.stride(), g.stride()};
    long[] padding = {g.padding(), g.padding()};
    dnnl_memory_desc_t image = DnnlDescriptors.layout(imageDims, tag);
    dnnl_memory_desc_t weight = DnnlDescriptors.layout(weightDims, any);
    dnnl_memory_desc_t output = DnnlDescriptors.layout(outputDims, tag);
    dnnl_memory_desc_t biasLayout =
        DnnlDescriptors.layout(new long[] {g.outputChannels()}, dnnl.dnnl_a);
    dnnl_convolution_desc_t forward = new dnnl_convolution_desc_t();
    int status =
        dnnl.dnnl_convolution_forward_desc_init(
            forward,
            dnnl.dnnl_forward_training,
            number,
            image,
            weight,
            biasLayout,
            output,
            strides,
            padding,
            padding);
    dnnl_primitive_desc hint = DnnlDescriptors.create(status, forward, activation, null);
    if (hint == null) {
      return null;
    }
    dnnl_primitive_desc descriptor = hint;
    dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
    if (kind == Kind.INPUT_GRADIENT) {
      status =
          dnnl.dnnl_convolution_backward_data_desc_init(
              operation, number, image, weight, output, strides, padding, padding);
      descriptor = DnnlDescriptors.create(status, operation, Activation.IDENTITY, hint);
    } else if (kind == Kind.WEIGHT_GRADIENT) {
      status =
          dnnl.dnnl_convolution_backward_weights_desc_init(
              operation, number, image, weight, biasLayout, output, strides, padding, padding);
      descriptor = DnnlDescriptors.create(status, operation, Activation.IDENTITY, hint);
    }
    if (descriptor == null) {
      return null;
    }
    boolean inputGradient = kind == Kind.INPUT_GRADIENT;
    boolean weightGradient = kind == Kind.WEIGHT_GRADIENT;
    DnnlPort images =
        new DnnlPort(
            DnnlDescriptors.layout(imageDims, dnnl.dnnl_nhwc),
            DnnlDescriptors.query(
                descriptor, inputGradient ? dnnl.dnnl_query_diff_src_md : dnnl.dnnl_query_src_md),
            inputGradient);
    DnnlPort weights =
        new DnnlPort(
            DnnlDescriptors.layout(weightDims, dnnl.dnnl_oihw),
            DnnlDescriptors.query(
                descriptor,
                weightGradient ? dnnl.dnnl_query_diff_weights_md : dnnl.dnnl_query_weights_md),
            weightGradient);
    DnnlPort outputs =
        new DnnlPort(
            DnnlDescriptors.layout(outputDims, dnnl.dnnl_nhwc),
            DnnlDescriptors.query(
                descriptor,
                kind == Kind.FORWARD ? dnnl.dnnl_query_dst_md : dnnl.dnnl_query_diff_dst_md),
            kind == Kind.FORWARD);
    Slot bias = inputGradient ? null : new Slot(biasLayout);
    int[] numbers = {
      inputGradient ? dnnl.DNNL_ARG_DIFF_SRC : dnnl.DNNL_ARG_SRC,
      weightGradient ? dnnl.DNNL_ARG_DIFF_WEIGHTS : dnnl.DNNL_ARG_WEIGHTS,
      kind == Kind.FORWARD ? dnnl.DNNL_ARG_DST : dnnl.DNNL_ARG_DIFF_DST,
      weightGradient ? dnnl.DNNL_ARG_DIFF_BIAS : dnnl.DNNL_ARG_BIAS
    };
    Slot[] slots = {images.inner, weights.inner, outputs.inner, bias};
    if (inputGradient) {
      numbers = java.util.Arrays.copyOf(numbers, 3);
      slots = java.util.Arrays.copyOf(slots, 3);
    }
    return new DnnlPass(
        kind,
        multiplications,
        images,
        weights,
        outputs,
        bias,
        new DnnlPrimitive(descriptor, numbers, slots));
  }

  /** The first algorithm that oneDNN has. */
  static DnnlPass first(
      Kind kind,
      ConvolutionGeometry geometry,
      Activation activation,
      int samples,
      Algorithm... candidates) {
    for (Algorithm algorithm : candidates) {
      DnnlPass pass = of(kind, algorithm, geometry, activation, samples);
      if (pass != null) {
        return pass;
      }
    }
    throw new IllegalStateException("oneDNN has no convolution for " + geometry);
  }

  /** Scratch memory a run needs. */
  long scratchBytes() {
    return scratchBytes;
  }

  /** Bytes of the weights in the primitive's own layout. */
  long innerWeightBytes() {
    return weights.inner.bytes();
  }

  /**
   * Runs the pass on user memory.
   *
   * @param biasAddress the bias or its gradient; ignored by the input gradient
   * @param scratch scratch memory, a multiple of 64
   */
  void run(long image, long weight, long output, long biasAddress, long scratch) {
    weights.user.at(weight);
    long inner = scratch + images.innerBytes() + outputs.innerBytes();
    if (weights.conversion != null) {
      weights.inner.at(inner);
    }
    long pad = execute(image, output, biasAddress, scratch);
    if (kind == Kind.WEIGHT_GRADIENT && weights.conversion != null) {
      weights.conversion.run(pad);
    }
  }

  /** As run, for weight gradients that stay in the primitive's own layout. */
  void runInner(long image, long innerWeight, long output, long biasAddress, long scratch) {
    weights.inner.at(innerWeight);
    execute(image, output, biasAddress, scratch);
  }

  /** Converts a weight gradient from the primitive's own layout. */
  void convertWeights(long innerWeight, long weight, long bytes, long scratch) {
    if (weights.conversion == null) {
      java.lang.foreign.MemorySegment.copy(Native.ALL, innerWeight, Native.ALL, weight, bytes);
      return;
    }
    weights.inner.at(innerWeight);
    weights.user.at(weight);
    weights.conversion.run(scratch);
  }

  private long execute(long image, long output, long biasAddress, long scratch) {
    OneDnn.threadsFor(multiplications);
    images.user.at(image);
    outputs.user.at(output);
    if (bias != null) {
      bias.at(biasAddress);
    }
    long pad = scratch + images.innerBytes() + outputs.innerBytes() + weights.innerBytes();
    if (images.conversion != null) {
      images.inner.at(scratch);
    }
    if (outputs.conversion != null) {
      outputs.inner.at(scratch + images.innerBytes());
    }
    if (kind != Kind.INPUT_GRADIENT && images.conversion != null) {
      images.conversion.run(pad);
    }
    if (kind != Kind.WEIGHT_GRADIENT && weights.conversion != null) {
      weights.conversion.run(pad);
    }
    if (kind != Kind.FORWARD && outputs.conversion != null) {
      outputs.conversion.run(pad);
    }
    primitive.run(pad);
    if (kind == Kind.INPUT_GRADIENT && images.conversion != null) {
      images.conversion.run(pad);
    }
    if (kind == Kind.FORWARD && outputs.conversion != null) {
      outputs.conversion.run(pad);
    }
    return pad;
  }
}
