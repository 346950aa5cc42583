// What a warp does with one sample of the mini-batch above the first layer: forward, residual, back.
// Weights above the first layer lie in shared memory, a layer's rows at an odd pitch, so that lanes
// along outputs read different banks; its biases follow.
#ifndef NOISESCAPE_DENSE_SAMPLE_CUH
#define NOISESCAPE_DENSE_SAMPLE_CUH

#include "chain.cuh"

__device__ constexpr int pitch_of(int l) { return width_of(l) | 1; }

// Where the weights of layer l > 0 begin, behind the biases of the first layer.
__device__ constexpr int upper_of(int l) {
  int at = width_of(1);
  for (int j = 1; j < l; j++) {
    at += width_of(j + 1) * (pitch_of(j) + 1);
  }
  return at;
}

// Where the outputs of layer l begin among those of a sample.
__device__ constexpr int row_of(int l) {
  int at = 0;
  for (int j = 0; j < l; j++) {
    at += width_of(j + 1);
  }
  return at;
}

#define ALL_ROWS row_of(DEPTH)

// Layers from L on.
template <int L>
__device__ __forceinline__ void forward_from(const real* upper, real* values, int lane) {
  if constexpr (L < DEPTH) {
    constexpr int inputs = width_of(L);
    constexpr int outputs = width_of(L + 1);
    const real* weights = upper + upper_of(L);
    const real* in = values + row_of(L - 1);
    for (int o = lane; o < outputs; o += 32) {
      real sum = 0;
      for (int i = 0; i < inputs; i++) {
        sum = fma(weights[o * pitch_of(L) + i], in[i], sum);
      }
      sum += weights[outputs * pitch_of(L) + o];
      values[row_of(L) + o] = activate(activation_of(L), sum);
    }
    __syncwarp();
    forward_from<L + 1>(upper, values, lane);
  }
}

// Cotangents before the activation of layers L - 1 and below from those of layer L.
template <int L>
__device__ __forceinline__ void back_from(const real* upper, const real* values, real* cotangents,
                                          int lane) {
  if constexpr (L > 0) {
    constexpr int inputs = width_of(L);
    constexpr int outputs = width_of(L + 1);
    const real* weights = upper + upper_of(L);
    const real* above = cotangents + row_of(L);
    for (int i = lane; i < inputs; i += 32) {
      real sum = 0;
      for (int o = 0; o < outputs; o++) {
        sum = fma(above[o], weights[o * pitch_of(L) + i], sum);
      }
      int at = row_of(L - 1) + i;
      cotangents[at] = sum * slope(activation_of(L - 1), values[at]);
    }
    __syncwarp();
    back_from<L - 1>(upper, values, cotangents, lane);
  }
}

// W += scale * sum of cotangent * input, b += scale * sum of cotangent, for layers from L on; the
// first layer (L = 0) only its biases. By the last threads first.
template <int L>
__device__ __forceinline__ void update_from(real* upper, const real* values,
                                            const real* cotangents, real scale, int thread,
                                            int threads) {
  if constexpr (L < DEPTH) {
    constexpr int outputs = width_of(L + 1);
    constexpr int inputs = L == 0 ? 0 : width_of(L);
    real* weights = L == 0 ? upper : upper + upper_of(L);
    for (int e = threads - 1 - thread; e < outputs * (inputs + 1); e += threads) {
      int o = e / (inputs + 1);
      int i = e - o * (inputs + 1);
      real sum = 0;
      for (int n = 0; n < BATCH; n++) {
        real cotangent = cotangents[n * ALL_ROWS + row_of(L) + o];
        real input = i == inputs ? (real)1 : values[n * ALL_ROWS + row_of(L - 1) + i];
        sum = fma(cotangent, input, sum);
      }
      int at = L == 0 ? o : i == inputs ? outputs * pitch_of(L) + o : o * pitch_of(L) + i;
      weights[at] = fma(scale, sum, weights[at]);
    }
    update_from<L + 1>(upper, values, cotangents, scale, thread, threads);
  }
}

// Copies biases of the first layer and all above it from (or to) a replica's parameters.
template <int L, bool INTO>
__device__ __forceinline__ void move_upper(real* upper, real* home, int thread, int threads) {
  if constexpr (L < DEPTH) {
    constexpr int outputs = width_of(L + 1);
    constexpr int inputs = width_of(L);
    constexpr int pitch = L == 0 ? 0 : pitch_of(L);
    real* here = L == 0 ? upper : upper + upper_of(L);
    real* there = home + weights_of(L);
    for (int e = thread; e < outputs * (inputs + 1); e += threads) {
      bool bias = e >= outputs * inputs;
      if (L == 0 && !bias) {
        continue;
      }
      int o = bias ? e - outputs * inputs : e / inputs;
      int at = bias ? outputs * pitch + o : o * pitch + e - o * inputs;
      if (INTO) {
        here[at] = there[e];
      } else {
        there[e] = here[at];
      }
    }
    move_upper<L + 1, INTO>(upper, home, thread, threads);
  }
}

#endif
