// The activations of org.noisescape.tensor.Activation, by their ordinals.
#ifndef NOISESCAPE_ACTIVATION_CUH
#define NOISESCAPE_ACTIVATION_CUH

#define IDENTITY 0
#define RELU 1
#define TANH 2
#define SIGMOID 3

// Not-a-number stays not-a-number.
__device__ __forceinline__ real activate(int activation, real x) {
  if (activation == RELU) {
    return x < 0 ? (real)0 : x;
  }
  if (activation == TANH) {
    return tanh(x);
  }
  if (activation == SIGMOID) {
    return (real)1 / ((real)1 + exp(-x));
  }
  return x;
}

// The derivative as a function of the activation's value.
__device__ __forceinline__ real slope(int activation, real y) {
  if (activation == RELU) {
    return y > 0 ? (real)1 : (real)0;
  }
  if (activation == TANH) {
    return (real)1 - y * y;
  }
  if (activation == SIGMOID) {
    return y * ((real)1 - y);
  }
  return (real)1;
}

// act'(y) times a cotangent or tangent; where the derivative is 0 the product is, whatever the
// factor holds.
__device__ __forceinline__ real derivative(int activation, real y, real bar) {
  if (activation == RELU) {
    return y > 0 ? bar : (real)0;
  }
  return activation == IDENTITY ? bar : bar * slope(activation, y);
}

// The derivative of the slope by the value.
__device__ __forceinline__ real bend(int activation, real y) {
  if (activation == TANH) {
    return (real)-2 * y;
  }
  if (activation == SIGMOID) {
    return (real)1 - (real)2 * y;
  }
  return (real)0;
}

#endif
