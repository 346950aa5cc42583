// A chain of dense layers whose sizes are known when it is compiled: INPUTS, and for every layer its
// OUTPUTS and ACTIVATIONS, as lists.
#ifndef NOISESCAPE_CHAIN_CUH
#define NOISESCAPE_CHAIN_CUH

#include "activation.cuh"

__device__ constexpr int count_of_layers() {
  const int widths[] = {OUTPUTS};
  return sizeof(widths) / sizeof(int);
}

#define DEPTH count_of_layers()

// Inputs of layer l; of one beyond the last, the chain's outputs.
__device__ constexpr int width_of(int l) {
  const int widths[] = {INPUTS, OUTPUTS};
  return widths[l];
}

__device__ constexpr int activation_of(int l) {
  const int activations[] = {ACTIVATIONS};
  return activations[l];
}

// Where a layer's weights begin in a replica's parameters; its biases follow.
__device__ constexpr int weights_of(int l) {
  int at = 0;
  for (int j = 0; j < l; j++) {
    at += width_of(j + 1) * (width_of(j) + 1);
  }
  return at;
}

__device__ constexpr int up_to_fours(int count) { return (count + 3) / 4 * 4; }

__device__ __forceinline__ void load_four(const float* from, float* to) {
  float4 four = *reinterpret_cast<const float4*>(from);
  to[0] = four.x;
  to[1] = four.y;
  to[2] = four.z;
  to[3] = four.w;
}

__device__ __forceinline__ void load_four(const double* from, double* to) {
  double2 low = reinterpret_cast<const double2*>(from)[0];
  double2 high = reinterpret_cast<const double2*>(from)[1];
  to[0] = low.x;
  to[1] = low.y;
  to[2] = high.x;
  to[3] = high.y;
}

__device__ __forceinline__ void store_four(float* to, const float* from) {
  *reinterpret_cast<float4*>(to) = make_float4(from[0], from[1], from[2], from[3]);
}

__device__ __forceinline__ void store_four(double* to, const double* from) {
  reinterpret_cast<double2*>(to)[0] = make_double2(from[0], from[1]);
  reinterpret_cast<double2*>(to)[1] = make_double2(from[2], from[3]);
}

#endif
