// SGD on a chain of dense layers: a block a replica, its parameters in shared memory, many steps a
// launch. Activations and cotangents lie transposed, (width, samples padded to 4), padding zero, so
// that the update reads them four at a time.
#include "common.cuh"
#include "random.cuh"
#include "activation.cuh"
#include "passages.cuh"

#define MAXIMAL_DEPTH 6
#define TILE_OUTPUTS 5
#define TILE_SAMPLES 2
#define LOOK_SAMPLES 4

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
    chain.activation[l] = activations >> (2 * l) & 3;
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

struct Draw {
  uint64 key;
  int samples;
  int batch;
  int without_replacement;
};

// Index of one sample of a step's mini-batch.
__device__ int drawn(const Draw& draw, uint64 step, int b) {
  if (!draw.without_replacement) {
    Words words = philox(draw.key, (uint64)(b / 4), step);
    uint32 word = b % 4 == 0   ? words.word[0]
                  : b % 4 == 1 ? words.word[1]
                  : b % 4 == 2 ? words.word[2]
                               : words.word[3];
    return (int)(((uint64)word * (uint64)draw.samples) >> 32);
  }
  uint64 batches = draw.samples / draw.batch;
  Permutation chosen = permutation(draw.key, step / batches, draw.samples);
  return permute(chosen, (int)(step % batches) * draw.batch + b);
}

// Copies the drawn rows, 16 bytes at a time where they are aligned.
__device__ void load_rows(const real* source, int64 stride, int width, int pitch,
                          const int* indices, int count, real* target) {
  const int PER = 16 / sizeof(real);
  bool aligned = width % PER == 0 && stride % PER == 0 && ((uint64)source & 15) == 0;
  if (aligned) {
    int parts = width / PER;
#pragma unroll 4
    for (int i = threadIdx.x; i < count * parts; i += blockDim.x) {
      int row = i / parts;
      int part = i - row * parts;
      const float4* from = reinterpret_cast<const float4*>(source + indices[row] * stride) + part;
      reinterpret_cast<float4*>(target + row * pitch)[part] = *from;
    }
  } else {
    for (int i = threadIdx.x; i < count * width; i += blockDim.x) {
      int row = i / width;
      target[row * pitch + i - row * width] = source[indices[row] * stride + i - row * width];
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

// Mean loss over all samples; the same number in every thread. The warps go through the samples by
// themselves, a few at a time, activations in scratch memory of their own.
__device__ double full_loss(const Chain& c, const real* theta, const real* features, int64 stride,
                            const real* targets, int64 target_stride, int samples, real* scratch,
                            double* warp_sums) {
  int lane = threadIdx.x % 32;
  int warp = threadIdx.x / 32;
  int warps = blockDim.x / 32;
  real* even = scratch + warp * 2 * LOOK_SAMPLES * c.widest;
  real* odd = even + LOOK_SAMPLES * c.widest;
  double sum = 0;
  for (int first = warp * LOOK_SAMPLES; first < samples; first += warps * LOOK_SAMPLES) {
    int count = min(LOOK_SAMPLES, samples - first);
    const real* in = features + first * stride;
    int64 in_s = stride;
    int in_i = 1;
    real* out = even;
    for (int l = 0; l < c.depth; l++) {
      int outputs = c.outputs[l];
      for (int o = 0; o < outputs; o += TILE_OUTPUTS) {
        forward_tile<TILE_OUTPUTS, LOOK_SAMPLES>(
            theta + c.weights[l], theta + c.weights[l] + outputs * c.inputs[l], c.inputs[l],
            outputs, c.activation[l], o, in, in_s, in_i, 0, count, out, LOOK_SAMPLES);
      }
      __syncwarp();
      in = out;
      in_s = 1;
      in_i = LOOK_SAMPLES;
      out = out == even ? odd : even;
    }
    int classes = c.outputs[c.depth - 1];
    for (int e = lane; e < classes * count; e += 32) {
      int k = e / count;
      int s = e - k * count;
      double residual =
          (double)in[k * LOOK_SAMPLES + s] - (double)targets[(first + s) * target_stride + k];
      sum = fma(0.5 * residual, residual, sum);
    }
    __syncwarp();
  }
  for (int offset = 16; offset > 0; offset /= 2) {
    sum += __shfl_xor_sync(0xffffffffu, sum, offset);
  }
  if (lane == 0) {
    warp_sums[warp] = sum;
  }
  __syncthreads();
  double total = 0;
  for (int w = 0; w < warps; w++) {
    total += warp_sums[w];
  }
  __syncthreads();
  return total / samples;
}

extern "C" __global__ void __launch_bounds__(512)
    dense_chain(real* all_theta, int64 theta_stride, const real* features,
                   int64 feature_stride, const real* targets, int64 target_stride,
                   const double* rates, int64 rate_stride, const int* keys, int64 key_stride,
                   const int* step_words, const double* thresholds, int64 threshold_stride,
                   int threshold_count, double* passages, int64 passage_stride, double* values_out,
                   int64 value_stride, int samples, int batch, int without_replacement,
                   int look_every, int steps, int inputs, int depth, int o0, int o1, int o2, int o3,
                   int o4, int o5, int activations) {
  int r = blockIdx.x;
  Passages table = {thresholds, threshold_stride, threshold_count, passages + r * passage_stride};
  if (at_rest(table)) {
    return;
  }
  int padded = (batch + 3) / 4 * 4;
  int pitch = (inputs + 3) / 4 * 4;
  int warps = blockDim.x / 32;

  DYNAMIC_SHARED(unsigned char, shared);
  Chain& shared_chain = *reinterpret_cast<Chain*>(shared);
  if (threadIdx.x == 0) {
    int outputs[MAXIMAL_DEPTH] = {o0, o1, o2, o3, o4, o5};
    shared_chain = chain_of(inputs, depth, outputs, activations);
  }
  __syncthreads();
  const Chain& c = shared_chain;
  int classes = c.outputs[depth - 1];
  double* warp_sums = reinterpret_cast<double*>(shared + CHAIN_BYTES);
  real* x = reinterpret_cast<real*>(shared + CHAIN_BYTES + 8 * (warps + warps % 2));
  real* values = x + batch * pitch;
  real* cotangents = values + c.all_rows * padded;
  real* wanted = cotangents + c.all_rows * padded;
  int* indices = reinterpret_cast<int*>(wanted + classes * padded);
  // a look needs scratch memory only between two steps
  real* scratch = x;
  int training = batch * pitch + 2 * c.all_rows * padded + classes * padded +
                 (int)((2 * batch * sizeof(int) + sizeof(real) - 1) / sizeof(real));
  int looking = warps * 2 * LOOK_SAMPLES * c.widest;
  real* theta = x + (max(training, looking) + 3) / 4 * 4;

  real* home = all_theta + r * theta_stride;
  for (int p = threadIdx.x; p < c.parameters; p += blockDim.x) {
    theta[p] = home[p];
  }
  uint64 from = join(step_words);
  Draw draw = {join(keys + r * key_stride), samples, batch, without_replacement};
  real scale = (real)(-rates[r * rate_stride] / batch);
  __syncthreads();

  bool fresh = true;  // the indices of the next step are yet to be drawn
  bool resting = false;
  if (steps == 0) {
    double loss = full_loss(c, theta, features, feature_stride, targets, target_stride, samples,
                            scratch, warp_sums);
    if (threadIdx.x == 0) {
      values_out[r * value_stride] = loss;
      note(table, from, loss);
    }
    return;
  }
  for (uint64 k = from; k < from + steps && !resting; k++) {
    int* mine = indices + (k & 1) * batch;
    int* next = indices + (1 - (k & 1)) * batch;
    if (fresh) {
      for (int e = threadIdx.x; e < 2 * c.all_rows * padded; e += blockDim.x) {
        values[e] = 0;
      }
      for (int b = threadIdx.x; b < batch; b += blockDim.x) {
        mine[b] = drawn(draw, k, b);
      }
      fresh = false;
      __syncthreads();
    }
    load_rows(features, feature_stride, inputs, pitch, mine, batch, x);
    // by the last threads, which have the fewest rows to load
    for (int e = blockDim.x - 1 - threadIdx.x; e < batch * classes; e += blockDim.x) {
      int n = e / classes;
      wanted[(e - n * classes) * padded + n] = targets[mine[n] * target_stride + e - n * classes];
    }
    __syncthreads();
    for (int l = 0; l < depth; l++) {
      forward(c, l, theta, x, pitch, values, padded, batch);
      if (l == 0) {
        // the last warps have the fewest tiles
        for (int b = blockDim.x - 1 - threadIdx.x; b < batch; b += blockDim.x) {
          next[b] = drawn(draw, k + 1, b);
        }
      }
      __syncthreads();
    }
    const real* top = values + c.rows[depth - 1] * padded;
    real* above = cotangents + c.rows[depth - 1] * padded;
    for (int e = threadIdx.x; e < batch * classes; e += blockDim.x) {
      int o = e / batch;
      int at = o * padded + e - o * batch;
      above[at] = (top[at] - wanted[at]) * slope(c.activation[depth - 1], top[at]);
    }
    __syncthreads();
    for (int l = depth - 1; l > 0; l--) {
      pull_back(c, l, theta, values, cotangents, padded, batch);
      __syncthreads();
      // nothing reads these weights again before the next step
      update(c, l, theta, x, pitch, values, cotangents, padded, batch, scale);
    }
    update(c, 0, theta, x, pitch, values, cotangents, padded, batch, scale);
    __syncthreads();
    if (threshold_count > 0 && (k + 1) % look_every == 0) {
      double loss = full_loss(c, theta, features, feature_stride, targets, target_stride, samples,
                              scratch, warp_sums);
      if (threadIdx.x == 0) {
        values_out[r * value_stride] = loss;
        note(table, k + 1, loss);
      }
      fresh = true;  // the scratch memory of the look was that of the step
      resting = __syncthreads_or(threadIdx.x == 0 && at_rest(table));
    }
  }
  for (int p = threadIdx.x; p < c.parameters; p += blockDim.x) {
    home[p] = theta[p];
  }
}
