// Layers of a chain of dense layers whose parameters, activations and cotangents lie in shared memory.
// Activations and cotangents lie transposed, (width, samples padded to 4), padding zero, so that the
// update reads them four at a time.
#ifndef NOISESCAPE_DENSE_LAYERS_CUH
#define NOISESCAPE_DENSE_LAYERS_CUH

#include "activation.cuh"

#define MAXIMAL_DEPTH 6
#define TILE_OUTPUTS 5
#define TILE_SAMPLES 2

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

// Lies in shared memory: indexed by the layer, a thread's own copy would be in local memory, for
// which the cache has no room beside so much shared memory.
struct Chain {
  int depth;
  int inputs[MAXIMAL_DEPTH];
  int outputs[MAXIMAL_DEPTH];
  int activation[MAXIMAL_DEPTH];
  int weights[MAXIMAL_DEPTH];  // where a layer's weights begin in theta; its biases follow
  int rows[MAXIMAL_DEPTH];     // where its activations begin, in units of the padded batch
  int parameters;
  int widest;
  int all_rows;
};

// CHAIN_BYTES of ChainDescent, a multiple of 16.
#define CHAIN_BYTES 144
static_assert(sizeof(Chain) <= CHAIN_BYTES, "the chain has a place of its own");

__device__ Chain chain_of(int inputs, int depth, const int* outputs, int activations) {
  Chain chain;
  chain.depth = depth;
  chain.parameters = 0;
  chain.widest = 0;
  chain.all_rows = 0;
#pragma unroll
  for (int l = 0; l < MAXIMAL_DEPTH; l++) {
    chain.inputs[l] = l == 0 ? inputs : outputs[l - 1];
    chain.outputs[l] = outputs[l];
    chain.activation[l] = activations >> (3 * l) & 7;
    chain.weights[l] = chain.parameters;
    chain.rows[l] = chain.all_rows;
    if (l < depth) {
      chain.parameters += outputs[l] * (chain.inputs[l] + 1);
      chain.all_rows += outputs[l];
      chain.widest = outputs[l] > chain.widest ? outputs[l] : chain.widest;
    }
  }
  return chain;
}

// One warp: activations of a few outputs for a few samples, the lanes along the inputs. Rows beyond
// the last repeat it and are not stored. Element (sample s, input i) of in: s * in_s + i * in_i; of
// out: o * out_o + s.
template <int OUTPUTS, int SAMPLES>
__device__ __forceinline__ void forward_tile(const real* weights, const real* biases, int inputs,
                                             int outputs, int activation, int first_output,
                                             const real* in, int64 in_s, int in_i,
                                             int first_sample, int samples, real* out, int out_o) {
  int lane = threadIdx.x % 32;
  const real* w[OUTPUTS];
  const real* x[SAMPLES];
#pragma unroll
  for (int j = 0; j < OUTPUTS; j++) {
    w[j] = weights + min(first_output + j, outputs - 1) * inputs;
  }
#pragma unroll
  for (int s = 0; s < SAMPLES; s++) {
    x[s] = in + min(first_sample + s, samples - 1) * in_s;
  }
  real sum[OUTPUTS][SAMPLES] = {};
#pragma unroll 2
  for (int i = lane; i < inputs; i += 32) {
    real value[SAMPLES];
#pragma unroll
    for (int s = 0; s < SAMPLES; s++) {
      value[s] = x[s][(int64)i * in_i];
    }
#pragma unroll
    for (int j = 0; j < OUTPUTS; j++) {
      real weight = w[j][i];
#pragma unroll
      for (int s = 0; s < SAMPLES; s++) {
        sum[j][s] = fma(weight, value[s], sum[j][s]);
      }
    }
  }
#pragma unroll
  for (int j = 0; j < OUTPUTS; j++) {
#pragma unroll
    for (int s = 0; s < SAMPLES; s++) {
      real total = sum[j][s];
#pragma unroll
      for (int offset = 16; offset > 0; offset /= 2) {
        total += __shfl_xor_sync(0xffffffffu, total, offset);
      }
      int o = first_output + j;
      int n = first_sample + s;
      if (lane == (j * SAMPLES + s) % 32 && o < outputs && n < samples) {
        out[o * out_o + n] = activate(activation, total + biases[o]);
      }
    }
  }
}

// One layer of the batch, its tiles dealt out to the warps.
__device__ void forward(const Chain& c, int l, const real* theta, const real* x, int pitch,
                        real* values, int padded, int batch) {
  int warp = threadIdx.x / 32;
  int warps = blockDim.x / 32;
  int outputs = c.outputs[l];
  int inputs = c.inputs[l];
  int across = (outputs + TILE_OUTPUTS - 1) / TILE_OUTPUTS;
  int tiles = across * ((batch + TILE_SAMPLES - 1) / TILE_SAMPLES);
  const real* in = l == 0 ? x : values + c.rows[l - 1] * padded;
  for (int tile = warp; tile < tiles; tile += warps) {
    forward_tile<TILE_OUTPUTS, TILE_SAMPLES>(
        theta + c.weights[l], theta + c.weights[l] + outputs * inputs, inputs, outputs,
        c.activation[l], tile % across * TILE_OUTPUTS, in, l == 0 ? pitch : 1, l == 0 ? 1 : padded,
        tile / across * TILE_SAMPLES, batch, values + c.rows[l] * padded, padded);
  }
}

// W += scale * cotangent * input, b += scale * sum of the cotangent: a thread a column.
__device__ void update(const Chain& c, int l, real* theta, const real* x, int pitch,
                       const real* values, const real* cotangents, int padded, int batch,
                       real scale) {
  int inputs = c.inputs[l];
  int outputs = c.outputs[l];
  real* weights = theta + c.weights[l];
  const real* cotangent = cotangents + c.rows[l] * padded;
  const real* in = l == 0 ? x : values + c.rows[l - 1] * padded;
  int64 in_s = l == 0 ? pitch : 1;
  int in_i = l == 0 ? 1 : padded;
  for (int i = threadIdx.x; i < inputs; i += blockDim.x) {
    for (int first = 0; first < padded; first += 8) {
      bool second = first + 4 < padded;
      real value[8];
#pragma unroll
      for (int s = 0; s < 8; s++) {
        int n = first + s;
        value[s] = n < batch ? in[n * in_s + (int64)i * in_i] : (real)0;
      }
#pragma unroll 2
      for (int o = 0; o < outputs; o++) {
        const real* row = cotangent + o * padded + first;
        real slopes[4];
        real sum = 0;
        load_four(row, slopes);
#pragma unroll
        for (int s = 0; s < 4; s++) {
          sum = fma(slopes[s], value[s], sum);
        }
        if (second) {
          load_four(row + 4, slopes);
#pragma unroll
          for (int s = 0; s < 4; s++) {
            sum = fma(slopes[s], value[4 + s], sum);
          }
        }
        weights[o * inputs + i] = fma(scale, sum, weights[o * inputs + i]);
      }
    }
  }
  // from the far end, where threads have fewer columns
  for (int o = blockDim.x - 1 - threadIdx.x; o < outputs; o += blockDim.x) {
    real sum = 0;
    for (int n = 0; n < batch; n++) {
      sum += cotangent[o * padded + n];
    }
    real* bias = weights + outputs * inputs + o;
    *bias = fma(scale, sum, *bias);
  }
}

// Cotangents before the activation of layer l - 1 from those of layer l: a thread an element.
__device__ void pull_back(const Chain& c, int l, const real* theta, const real* values,
                          real* cotangents, int padded, int batch) {
  int inputs = c.inputs[l];
  int outputs = c.outputs[l];
  const real* weights = theta + c.weights[l];
  const real* above = cotangents + c.rows[l] * padded;
  const real* value = values + c.rows[l - 1] * padded;
  real* below = cotangents + c.rows[l - 1] * padded;
  for (int e = threadIdx.x; e < inputs * batch; e += blockDim.x) {
    int i = e / batch;
    int n = e - i * batch;
    real sum = 0;
    for (int o = 0; o < outputs; o++) {
      sum = fma(above[o * padded + n], weights[o * inputs + i], sum);
    }
    below[i * padded + n] = sum * slope(c.activation[l - 1], value[i * padded + n]);
  }
}

#endif
