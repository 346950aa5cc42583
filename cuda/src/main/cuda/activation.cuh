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

#endif
