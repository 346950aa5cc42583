package org.noisescape.tensor;

/**
 * Convolutions and pooling of channels-last images, prepared once for a geometry and batch.
 *
 * <p>Preparing may reserve scratch memory in the given arena and allocate; running does not.
 */
public interface Convolution {
  /**
   * Prepares convolutions of R × N images.
   *
   * @param geometry sizes
   * @param activation applied to the output
   * @param dtype element type
   * @param replicas R
   * @param samples N
   * @param arena where scratch memory is reserved
   */
  ConvolutionPlan plan(
      ConvolutionGeometry geometry,
      Activation activation,
      DType dtype,
      int replicas,
      int samples,
      Arena arena);

  /**
   * Prepares max-pooling of R × N images; padding counts as −∞.
   *
   * @param geometry sizes; input and output channels equal
   * @param dtype element type
   * @param replicas R
   * @param samples N
   * @param arena where scratch memory is reserved
   */
  MaxPoolPlan maxPool(
      ConvolutionGeometry geometry, DType dtype, int replicas, int samples, Arena arena);

  /**
   * Prepares average-pooling of R × N images, without padding.
   *
   * @param geometry sizes; input and output channels equal
   * @param dtype element type
   * @param replicas R
   * @param samples N
   * @param arena where scratch memory is reserved
   */
  AveragePoolPlan averagePool(
      ConvolutionGeometry geometry, DType dtype, int replicas, int samples, Arena arena);
}
