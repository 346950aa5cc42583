// The activations of org.noisescape.tensor.Activation, by their ordinals.
#ifndef NOISESCAPE_ACTIVATION_CUH
#define NOISESCAPE_ACTIVATION_CUH

#define IDENTITY 0
#define RELU 1
#define TANH 2
#define SIGMOID 3
#define LEAKY_RELU 4
// From here on derivatives read the input x instead of the value y.
#define SOFTPLUS 5
#define SILU 6
#define GELU 7
#define GELU_TANH 8

#define LEAK ((real)0.01)
#define GELU_LINEAR ((real)1.5957691216057307118)
#define GELU_CUBIC ((real)0.071354816272600248778)
#define DENSITY ((real)0.39894228040143267794)
#define ROOT_HALF ((real)0.70710678118654752440)

__device__ __forceinline__ real logistic(real x) { return (real)1 / ((real)1 + exp(-x)); }

// G of x G(x): the sigmoid of x or of GELU_LINEAR x + GELU_CUBIC x^3, or the normal distribution's
// function.
__device__ __forceinline__ real share(int activation, real x) {
  if (activation == GELU) {
    return (real)0.5 * erfc(-ROOT_HALF * x);
  }
  return logistic(activation == SILU ? x : x * (GELU_LINEAR + GELU_CUBIC * x * x));
}

// The slope of the sigmoid's argument.
__device__ __forceinline__ real steepness(int activation, real x) {
  return activation == SILU ? (real)1 : GELU_LINEAR + (real)3 * GELU_CUBIC * x * x;
}

// Beyond +-80 factors of e^-|x| count as 0, whatever they multiply.
__device__ __forceinline__ real near_zero(real x) {
  return x > (real)80 ? (real)80 : x < (real)-80 ? (real)-80 : x;
}

// Not-a-number stays not-a-number.
__device__ __forceinline__ real activate(int activation, real x) {
  if (activation == RELU) {
    return x < 0 ? (real)0 : x;
  }
  if (activation == TANH) {
    return tanh(x);
  }
  if (activation == SIGMOID) {
    return logistic(x);
  }
  if (activation == LEAKY_RELU) {
    return x < 0 ? LEAK * x : x;
  }
  if (activation == SOFTPLUS) {
    return (x < 0 ? (real)0 : x) + log1p(exp(x < 0 ? x : -x));
  }
  return activation == IDENTITY ? x : x * share(activation, x);
}

// The derivative as a function of the activation's value y, or of its input from SOFTPLUS on.
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
  if (activation == LEAKY_RELU) {
    return y > 0 ? (real)1 : LEAK;
  }
  if (activation == SOFTPLUS) {
    return logistic(y);
  }
  if (activation == IDENTITY) {
    return (real)1;
  }
  real x = near_zero(y);
  real s = share(activation, x);
  real rise = activation == GELU ? DENSITY * exp((real)-0.5 * x * x)
                                 : s * ((real)1 - s) * steepness(activation, x);
  return s + x * rise;
}

// act' times a cotangent or tangent; where the derivative is 0 the product is, whatever the factor
// holds.
__device__ __forceinline__ real derivative(int activation, real y, real bar) {
  if (activation == RELU) {
    return y > 0 ? bar : (real)0;
  }
  return activation == IDENTITY ? bar : bar * slope(activation, y);
}

// Whether the derivative is not constant by parts.
__device__ __forceinline__ bool bends(int activation) {
  return activation != IDENTITY && activation != RELU && activation != LEAKY_RELU;
}

// The derivative of the slope by what it is a function of.
__device__ __forceinline__ real bend(int activation, real y) {
  if (activation == TANH) {
    return (real)-2 * y;
  }
  if (activation == SIGMOID) {
    return (real)1 - (real)2 * y;
  }
  if (!bends(activation)) {
    return (real)0;
  }
  if (activation == SOFTPLUS) {
    real s = logistic(y);
    return s * ((real)1 - s);
  }
  real x = near_zero(y);
  if (activation == GELU) {
    return DENSITY * exp((real)-0.5 * x * x) * ((real)2 - x * x);
  }
  real s = share(activation, x);
  real steep = steepness(activation, x);
  real turn = activation == SILU ? (real)0 : (real)6 * GELU_CUBIC * x;
  return s * ((real)1 - s) *
         ((real)2 * steep + x * (((real)1 - (real)2 * s) * steep * steep + turn));
}

#endif
