package org.noisescape.tensor;

/**
 * Sizes of a two-dimensional convolution or pooling.
 *
 * @param height input rows H
 * @param width input columns W
 * @param inputChannels C_in
 * @param outputChannels C_out; for pooling equal to C_in
 * @param kernelHeight rows of the kernel
 * @param kernelWidth columns of the kernel
 * @param stride step between output positions, both directions
 * @param padding zeros added on each side, both directions
 */
public record ConvolutionGeometry(
    int height,
    int width,
    int inputChannels,
    int outputChannels,
    int kernelHeight,
    int kernelWidth,
    int stride,
    int padding) {
  /** Checks that at least one output position exists. */
  public ConvolutionGeometry {
    if (height < 1 || width < 1 || inputChannels < 1 || outputChannels < 1) {
      throw new IllegalArgumentException(
          "convolution sizes must be >= 1, got H=%d W=%d C_in=%d C_out=%d"
              .formatted(height, width, inputChannels, outputChannels));
    }
    if (kernelHeight < 1 || kernelWidth < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "kernel and stride must be >= 1 and padding >= 0, got kernel %dx%d stride %d padding %d"
              .formatted(kernelHeight, kernelWidth, stride, padding));
    }
    if (height + 2L * padding < kernelHeight || width + 2L * padding < kernelWidth) {
      throw new IllegalArgumentException(
          "a %dx%d kernel does not fit an input of %dx%d with padding %d"
              .formatted(kernelHeight, kernelWidth, height, width, padding));
    }
    String remedy = "choose smaller images or fewer channels";
    Sizes.product(
        "positions of a convolution", remedy, height + 2L * padding, width + 2L * padding);
    Sizes.product("entries of a patch", remedy, inputChannels, kernelHeight, kernelWidth);
  }

  /** Output rows: ⌊(H + 2·padding − kernel)/stride⌋ + 1. */
  public int outputHeight() {
    return (height + 2 * padding - kernelHeight) / stride + 1;
  }

  /** Output columns. */
  public int outputWidth() {
    return (width + 2 * padding - kernelWidth) / stride + 1;
  }

  /** Output positions T of one sample. */
  public int positions() {
    return outputHeight() * outputWidth();
  }

  /** Entries of one patch: C_in · kernel height · kernel width. */
  public int patchSize() {
    return inputChannels * kernelHeight * kernelWidth;
  }

  /** Entries of the weights, (C_out, C_in, kernel height, kernel width). */
  public long weightSize() {
    return (long) outputChannels * patchSize();
  }
}
