// Convolutions of channels-last images: patches and back, weights' orders, layouts, bias and activation.
#include "common.cuh"
#include "activation.cuh"
#include "images.cuh"

// V neighbouring channels, moved at once.
template <int V>
struct alignas(V * sizeof(real) < 16 ? V * sizeof(real) : 16) Pack {
  real v[V];
};

// patches[r, (n, t), (i, j, c)] <- x[r, n, (h, w), c], zero outside the image.
template <int V>
static __device__ __forceinline__ void unfold_body(const real* x, int64 x_stride, real* patches,
                                                   int64 patch_stride, int images, int rows,
                                                   GEOMETRY) {
  int packs = channels / V;
  int entries = kernel_height * kernel_width * packs;
  int positions = out_height * out_width;
  int64 total = (int64)images * positions * entries;
  for (int r = blockIdx.y; r < rows; r += gridDim.y) {
    const Pack<V>* from = (const Pack<V>*)(x + r * x_stride);
    Pack<V>* to = (Pack<V>*)(patches + r * patch_stride);
    for (int64 e = blockIdx.x * (int64)blockDim.x + threadIdx.x; e < total;
         e += (int64)gridDim.x * blockDim.x) {
      int64 row;
      int entry, n_rest;
      split(e, entries, &row, &entry);
      int64 n;
      split(row, positions, &n, &n_rest);
      int cell = entry / packs;
      int h = n_rest / out_width * stride - padding + cell / kernel_width;
      int w = n_rest % out_width * stride - padding + cell % kernel_width;
      Pack<V> value;
      if (h >= 0 && h < height && w >= 0 && w < width) {
        value = from[((n * height + h) * width + w) * packs + entry % packs];
      } else {
#pragma unroll
        for (int k = 0; k < V; k++) {
          value.v[k] = 0;
        }
      }
      to[e] = value;
    }
  }
}

KERNEL unfold(const real* x, int64 x_stride, real* patches, int64 patch_stride, int images,
              int rows, GEOMETRY) {
  unfold_body<1>(x, x_stride, patches, patch_stride, images, rows, height, width, channels,
                 kernel_height, kernel_width, stride, padding, out_height, out_width);
}

KERNEL unfold4(const real* x, int64 x_stride, real* patches, int64 patch_stride, int images,
               int rows, GEOMETRY) {
  unfold_body<4>(x, x_stride, patches, patch_stride, images, rows, height, width, channels,
                 kernel_height, kernel_width, stride, padding, out_height, out_width);
}

// The adjoint of unfold as a gather: a pixel sums the patches it is in, always in the same order.
template <int V>
static __device__ __forceinline__ void fold_body(const real* patches, int64 patch_stride, real* x,
                                                 int64 x_stride, int images, int rows, int add,
                                                 GEOMETRY) {
  int packs = channels / V;
  int cells = kernel_height * kernel_width;
  int positions = out_height * out_width;
  int64 total = (int64)images * height * width * packs;
  for (int r = blockIdx.y; r < rows; r += gridDim.y) {
    const Pack<V>* from = (const Pack<V>*)(patches + r * patch_stride);
    Pack<V>* to = (Pack<V>*)(x + r * x_stride);
    for (int64 e = blockIdx.x * (int64)blockDim.x + threadIdx.x; e < total;
         e += (int64)gridDim.x * blockDim.x) {
      int64 pixel, n;
      int c, place;
      split(e, packs, &pixel, &c);
      split(pixel, height * width, &n, &place);
      int h = place / width + padding;
      int w = place % width + padding;
      Pack<V> sum;
#pragma unroll
      for (int k = 0; k < V; k++) {
        sum.v[k] = 0;
      }
      for (int i = 0; i < kernel_height; i++) {
        int a = h - i;
        if (a < 0 || a % stride != 0 || a / stride >= out_height) {
          continue;
        }
        for (int j = 0; j < kernel_width; j++) {
          int b = w - j;
          if (b < 0 || b % stride != 0 || b / stride >= out_width) {
            continue;
          }
          int64 t = n * positions + a / stride * out_width + b / stride;
          Pack<V> term = from[(t * cells + i * kernel_width + j) * packs + c];
#pragma unroll
          for (int k = 0; k < V; k++) {
            sum.v[k] += term.v[k];
          }
        }
      }
      if (add) {
        Pack<V> held = to[e];
#pragma unroll
        for (int k = 0; k < V; k++) {
          sum.v[k] += held.v[k];
        }
      }
      to[e] = sum;
    }
  }
}

KERNEL fold(const real* patches, int64 patch_stride, real* x, int64 x_stride, int images,
            int rows, int add, GEOMETRY) {
  fold_body<1>(patches, patch_stride, x, x_stride, images, rows, add, height, width, channels,
               kernel_height, kernel_width, stride, padding, out_height, out_width);
}

KERNEL fold4(const real* patches, int64 patch_stride, real* x, int64 x_stride, int images,
             int rows, int add, GEOMETRY) {
  fold_body<4>(patches, patch_stride, x, x_stride, images, rows, add, height, width, channels,
               kernel_height, kernel_width, stride, padding, out_height, out_width);
}

// (outputs, channels, area) -> (outputs, area, channels).
KERNEL channels_last(const real* w, int64 w_stride, real* target, int64 target_stride,
                     int channels, int area, int64 size, int rows) {
  for (int r = blockIdx.y; r < rows; r += gridDim.y) {
    for (int64 e = blockIdx.x * (int64)blockDim.x + threadIdx.x; e < size;
         e += (int64)gridDim.x * blockDim.x) {
      int64 rest, o;
      int c, a;
      split(e, channels, &rest, &c);
      split(rest, area, &o, &a);
      target[r * target_stride + e] = w[r * w_stride + (o * channels + c) * area + a];
    }
  }
}

// (outputs, area, channels) -> (outputs, channels, area), added to what was there if asked.
template <class Source>
static __device__ __forceinline__ void deliver_body(const Source* source, int64 source_stride,
                                                    real* target, int64 target_stride,
                                                    int channels, int area, int64 size, int rows,
                                                    int add) {
  for (int r = blockIdx.y; r < rows; r += gridDim.y) {
    for (int64 e = blockIdx.x * (int64)blockDim.x + threadIdx.x; e < size;
         e += (int64)gridDim.x * blockDim.x) {
      int64 rest, o;
      int a, c;
      split(e, area, &rest, &a);
      split(rest, channels, &o, &c);
      Source value = source[r * source_stride + (o * area + a) * channels + c];
      real* to = target + r * target_stride + e;
      *to = (real)(add ? *to + value : value);
    }
  }
}

KERNEL deliver(const real* source, int64 source_stride, real* target, int64 target_stride,
               int channels, int area, int64 size, int rows, int add) {
  deliver_body(source, source_stride, target, target_stride, channels, area, size, rows, add);
}

KERNEL deliver_wide(const double* source, int64 source_stride, real* target, int64 target_stride,
                    int channels, int area, int64 size, int rows, int add) {
  deliver_body(source, source_stride, target, target_stride, channels, area, size, rows, add);
}

// Matrices (height, width) -> (width, height) in tiles of 32 x 32 by blocks of 256 threads.
template <class Load, class Store>
static __device__ __forceinline__ void transpose_tiles(Load load, int images, int height,
                                                       int width, Store store) {
  __shared__ real tile[32][33];
  int across = (width + 31) / 32;
  int down = (height + 31) / 32;
  int x = threadIdx.x % 32;
  int y = threadIdx.x / 32;
  for (int64 index = blockIdx.x; index < (int64)images * down * across; index += gridDim.x) {
    int64 rest, n;
    int left, top;
    split(index, across, &rest, &left);
    split(rest, down, &n, &top);
    left *= 32;
    top *= 32;
    int64 base = n * height * width;
    for (int k = y; k < 32; k += 8) {
      if (top + k < height && left + x < width) {
        tile[k][x] = load(base + (int64)(top + k) * width + left + x);
      }
    }
    __syncthreads();
    for (int k = y; k < 32; k += 8) {
      if (left + k < width && top + x < height) {
        store(base + (int64)(left + k) * height + top + x, top + x, tile[x][k]);
      }
    }
    __syncthreads();
  }
}

struct Plain {
  const real* source;
  __device__ real operator()(int64 at) const { return source[at]; }
};

// The cotangent before the activation, which stays where that after it was.
struct Pullback {
  const real* y;
  real* y_bar;
  int activation;
  __device__ real operator()(int64 at) const {
    return y_bar[at] = derivative(activation, y[at], y_bar[at]);
  }
};

struct Copy {
  real* target;
  __device__ void operator()(int64 at, int, real value) const { target[at] = value; }
};

struct BiasActivation {
  real* target;
  const real* bias;
  int activation;
  int add;
  __device__ void operator()(int64 at, int channel, real value) const {
    if (bias) {
      value = activate(activation, value + bias[channel]);
    }
    target[at] = add ? target[at] + value : value;
  }
};

// (images, pixels, channels) -> (images, channels, pixels).
KERNEL to_channels_first(const real* source, real* target, int images, int pixels, int channels) {
  Plain load = {source};
  Copy store = {target};
  transpose_tiles(load, images, pixels, channels, store);
}

// y_bar <- y_bar act'(y), and that (images, pixels, channels) -> (images, channels, pixels).
KERNEL pull_to_channels_first(const real* y, real* y_bar, int activation, real* target, int images,
                              int pixels, int channels) {
  Pullback load = {y, y_bar, activation};
  Copy store = {target};
  transpose_tiles(load, images, pixels, channels, store);
}

// (images, channels, pixels) -> (images, pixels, channels), with bias and activation where there is
// a bias, or added to what was there.
KERNEL from_channels_first(const real* source, real* target, int images, int pixels, int channels,
                           const real* bias, int activation, int add) {
  Plain load = {source};
  BiasActivation store = {target, bias, activation, add};
  transpose_tiles(load, images, channels, pixels, store);
}
