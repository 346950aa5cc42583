// Activations in the order of org.noisescape.tensor.Activation, derivatives from their value y.
#ifndef NOISESCAPE_ACTIVATION_CUH
#define NOISESCAPE_ACTIVATION_CUH

#define IDENTITY 0
#define RELU 1
#define TANH 2
#define SIGMOID 3

__device__ __forceinline__ float hyperbolic_tangent(float x) { return tanhf(x); }
__device__ __forceinline__ double hyperbolic_tangent(double x) { return tanh(x); }
__device__ __forceinline__ float logistic(float x) { return 1.0f / (1.0f + expf(-x)); }
__device__ __forceinline__ double logistic(double x) { return 1.0 / (1.0 + exp(-x)); }

__device__ __forceinline__ real activate(int activation, real x) {
  switch (activation) {
    case RELU:
      return x <= (real)0 ? (real)0 : x;  // not a number stays
    case TANH:
      return hyperbolic_tangent(x);
    case SIGMOID:
      return logistic(x);
    default:
      return x;
  }
}

// act'(y) times a cotangent or tangent.
__device__ __forceinline__ real derivative(int activation, real y, real bar) {
  switch (activation) {
    case RELU:
      return y > (real)0 ? bar : (real)0;
    case TANH:
      return bar * ((real)1 - y * y);
    case SIGMOID:
      return bar * y * ((real)1 - y);
    default:
      return bar;
  }
}

// d act'/dy
__device__ __forceinline__ real bend(int activation, real y) {
  return activation == TANH ? (real)-2 * y : activation == SIGMOID ? (real)1 - (real)2 * y : (real)0;
}

#endif
