// Sums over samples and positions, and norms of per-sample gradients; everything is summed in double
// and in an order that depends on the sizes only.
#include "common.cuh"
#include "groups.cuh"

static const int THREADS = 256;

// partial[m, p, c] <- the sum of column c of x[m] (rows, columns) over the rows of part p.
// Blocks along x: tiles of 2^shift <= 32 columns, along y: parts, along z: matrices m.
KERNEL_OF(256)
column_partials(const real* x, int64 x_stride, int64 rows, int columns, int shift, int parts,
                double* partial, int matrices) {
  __shared__ double shared[THREADS];
  int width = 1 << shift;
  int height = THREADS >> shift;
  int lane = threadIdx.x & (width - 1);
  int group = threadIdx.x >> shift;
  int64 part_rows = (rows + parts - 1) / parts;
  for (int m = blockIdx.z; m < matrices; m += gridDim.z) {
    for (int p = blockIdx.y; p < parts; p += gridDim.y) {
      int64 end = (p + 1) * part_rows < rows ? (p + 1) * part_rows : rows;
      for (int first = blockIdx.x * width; first < columns; first += gridDim.x * width) {
        int c = first + lane;
        double sum = 0;
        if (c < columns) {
#pragma unroll 4
          for (int64 row = p * part_rows + group; row < end; row += height) {
            sum += x[m * x_stride + row * columns + c];
          }
        }
        shared[threadIdx.x] = sum;
        __syncthreads();
        for (int half = height / 2; half > 0; half /= 2) {
          if (group < half) {
            shared[threadIdx.x] += shared[threadIdx.x + half * width];
          }
          __syncthreads();
        }
        if (group == 0 && c < columns) {
          partial[((int64)m * parts + p) * columns + c] = shared[lane];
        }
        __syncthreads();
      }
    }
  }
}

// target[m, c] <- the sum of the parts (added to what was there if asked).
KERNEL column_sums(const double* partial, int parts, int columns, real* target,
                   int64 target_stride, int matrices, int add) {
  for (int m = blockIdx.y; m < matrices; m += gridDim.y) {
    for (int c = blockIdx.x * blockDim.x + threadIdx.x; c < columns; c += gridDim.x * blockDim.x) {
      double sum = 0;
      for (int p = 0; p < parts; p++) {
        sum += partial[((int64)m * parts + p) * columns + c];
      }
      real* to = target + m * target_stride + c;
      *to = (real)(add ? *to + sum : sum);
    }
  }
}

// sum[e] <- the sum over the samples of gradients (samples, size), added to sum but for the first.
KERNEL sum_samples(const real* gradients, int samples, int64 size, double* sum, int first) {
  for (int64 e = blockIdx.x * (int64)blockDim.x + threadIdx.x; e < size;
       e += (int64)gridDim.x * blockDim.x) {
    double total = first ? 0 : sum[e];
    for (int n = 0; n < samples; n++) {
      total += gradients[n * size + e];
    }
    sum[e] = total;
  }
}

// partial[n, p] <- the sum of squares of part p of gradient n. Blocks along x: parts, along y: samples.
KERNEL square_partials(const real* gradients, int samples, int64 size, int parts,
                       double* partial) {
  __shared__ Board board;
  int64 length = (size + parts - 1) / parts;
  for (int n = blockIdx.y; n < samples; n += gridDim.y) {
    for (int p = blockIdx.x; p < parts; p += gridDim.x) {
      int64 end = (p + 1) * length < size ? (p + 1) * length : size;
      double sum = 0;
      for (int64 e = p * length + threadIdx.x; e < end; e += THREADS) {
        double value = gradients[n * size + e];
        sum += value * value;
      }
      sum = group_sum(sum, THREADS, board);
      if (threadIdx.x == 0) {
        partial[(int64)n * parts + p] = sum;
      }
    }
  }
}

// norms[n] += the sum of the parts and of the squares of bias[n]. One block a sample.
KERNEL add_norms(const double* partial, int parts, const double* bias, int columns, double* norms,
                 int samples) {
  __shared__ Board board;
  for (int n = blockIdx.x; n < samples; n += gridDim.x) {
    double sum = 0;
    for (int p = threadIdx.x; p < parts; p += THREADS) {
      sum += partial[(int64)n * parts + p];
    }
    for (int c = threadIdx.x; c < columns; c += THREADS) {
      double value = bias[(int64)n * columns + c];
      sum += value * value;
    }
    sum = group_sum(sum, THREADS, board);
    if (threadIdx.x == 0) {
      norms[n] += sum;
    }
  }
}

// partial[n, part] <- the part's rows t of sum_{t,s} Q[t,s] (b + sum_d P[t+d, s+d]) with P the Gram
// matrix of the pixels, Q that of the output cotangents and b = 1 with a bias, 0 without. Blocks
// along x: parts, along y: samples.
KERNEL gram_partials(const real* pixel_grams, const real* output_grams, int samples, int parts,
                     double* partial, int bias, int height, int width, int kernel_height, int kernel_width,
                     int stride, int padding, int out_height, int out_width) {
  __shared__ Board board;
  int pixels = height * width;
  int positions = out_height * out_width;
  int part_rows = (positions + parts - 1) / parts;
  for (int n = blockIdx.y; n < samples; n += gridDim.y) {
    const real* p = pixel_grams + (int64)n * pixels * pixels;
    const real* q = output_grams + (int64)n * positions * positions;
    for (int part = blockIdx.x; part < parts; part += gridDim.x) {
      int first = part * part_rows;
      int last = first + part_rows < positions ? first + part_rows : positions;
      double sum = 0;
      for (int e = first * positions + threadIdx.x; e < last * positions; e += THREADS) {
        int t = e / positions;
        int s = e - t * positions;
        int th = t / out_width * stride - padding;
        int tw = t % out_width * stride - padding;
        int sh = s / out_width * stride - padding;
        int sw = s % out_width * stride - padding;
        double inner = bias;
        for (int i = 0; i < kernel_height; i++) {
          if (th + i < 0 || th + i >= height || sh + i < 0 || sh + i >= height) {
            continue;
          }
          for (int j = 0; j < kernel_width; j++) {
            if (tw + j < 0 || tw + j >= width || sw + j < 0 || sw + j >= width) {
              continue;
            }
            inner += p[((th + i) * width + tw + j) * pixels + (sh + i) * width + sw + j];
          }
        }
        sum += inner * q[e];
      }
      sum = group_sum(sum, THREADS, board);
      if (threadIdx.x == 0) {
        partial[(int64)n * parts + part] = sum;
      }
    }
  }
}
