// Normalisation of channels: sums of parts of the rows, and from them, in double, the coefficients
// of channel_combination.cu. d stands for x - mean.
#include "common.cuh"
#include "channels.cuh"

// d and d^2 about the first row, which keeps the digits of a small variance far from zero.
struct Powers {
  static const int SUMS = 2;
  const real* x;
  double origin;
  int columns;

  __device__ __forceinline__ void add(int64 row, double (&sums)[2]) const {
    double d = (double)x[row * columns] - origin;
    sums[0] += d;
    sums[1] = fma(d, d, sums[1]);
  }
};

// a and a d.
struct Centred {
  static const int SUMS = 2;
  const real* x;
  const real* a;
  double mean;
  int columns;

  __device__ __forceinline__ void add(int64 row, double (&sums)[2]) const {
    double v = a[row * columns];
    sums[0] += v;
    sums[1] = fma(v, (double)x[row * columns] - mean, sums[1]);
  }
};

// y', y' d, y'., y'. d, and where x moves x., x. d, y' x. with ' for a bar and . for a dot.
struct Moving {
  static const int SUMS = 7;
  const real* x;
  const real* x_dot;
  const real* bar;
  const real* bar_dot;
  double mean;
  int columns;

  __device__ __forceinline__ void add(int64 row, double (&sums)[7]) const {
    int64 i = row * columns;
    double d = (double)x[i] - mean;
    double v = bar[i];
    double w = bar_dot[i];
    sums[0] += v;
    sums[1] = fma(v, d, sums[1]);
    sums[2] += w;
    sums[3] = fma(w, d, sums[3]);
    if (x_dot) {
      double u = x_dot[i];
      sums[4] += u;
      sums[5] = fma(u, d, sums[5]);
      sums[6] = fma(u, v, sums[6]);
    }
  }
};

// Columns beyond the last read the first instead of memory that is not theirs.
static __device__ __forceinline__ int within(const Tile& tile, int columns) {
  return tile.column < columns ? tile.column : 0;
}

// Blocks of all sums along x: tiles of 2^shift columns, along y: parts of rows, along z: replicas.
KERNEL_OF(256)
power_sums(const real* x, int64 x_stride, int64 rows, int columns, int shift, double* partial,
           int replicas) {
  Tile tile(shift);
  for (int r = blockIdx.z; r < replicas; r += gridDim.z) {
    const real* column = x + r * x_stride + within(tile, columns);
    Powers term = {column, (double)*column, columns};
    part_sums(tile, term, rows, columns, partial + (int64)r * gridDim.y * 2 * columns);
  }
}

KERNEL_OF(256)
centred_sums(const real* x, int64 x_stride, const double* mean, int64 mean_stride, const real* a,
             int64 a_stride, int64 rows, int columns, int shift, double* partial, int replicas) {
  Tile tile(shift);
  int c = within(tile, columns);
  for (int r = blockIdx.z; r < replicas; r += gridDim.z) {
    Centred term = {x + r * x_stride + c, a + r * a_stride + c, mean[r * mean_stride + c], columns};
    part_sums(tile, term, rows, columns, partial + (int64)r * gridDim.y * 2 * columns);
  }
}

KERNEL_OF(256)
moving_sums(const real* x, int64 x_stride, const double* mean, int64 mean_stride,
            const real* x_dot, int64 x_dot_stride, const real* bar, int64 bar_stride,
            const real* bar_dot, int64 bar_dot_stride, int64 rows, int columns, int shift,
            double* partial, int replicas) {
  Tile tile(shift);
  int c = within(tile, columns);
  for (int r = blockIdx.z; r < replicas; r += gridDim.z) {
    Moving term = {x + r * x_stride + c,
                   x_dot ? x_dot + r * x_dot_stride + c : x_dot,
                   bar + r * bar_stride + c,
                   bar_dot + r * bar_dot_stride + c,
                   mean[r * mean_stride + c],
                   columns};
    part_sums(tile, term, rows, columns, partial + (int64)r * gridDim.y * 7 * columns);
  }
}

// out[r][n] <- (sum of a d s, sum of a) of the rows of sample n. Blocks along y: samples.
KERNEL_OF(256)
normalized_samples(const real* x, int64 x_stride, const double* mean, int64 mean_stride,
                   const double* variance, int64 variance_stride, double epsilon, const real* a,
                   int64 a_stride, int64 sample_rows, int columns, int shift, int samples,
                   real* out, int64 out_stride, int replicas) {
  Tile tile(shift);
  int c = within(tile, columns);
  for (int r = blockIdx.z; r < replicas; r += gridDim.z) {
    Centred term = {x + r * x_stride + c, a + r * a_stride + c, mean[r * mean_stride + c], columns};
    double s = 1 / sqrt(variance[r * variance_stride + c] + epsilon);
    for (int n = blockIdx.y; n < samples; n += gridDim.y) {
      double sums[2];
      tile_sums(tile, term, n * sample_rows, (n + 1) * sample_rows, columns, sums);
      if (tile.group == 0 && tile.column < columns) {
        real* row = out + r * out_stride + (int64)n * 2 * columns + c;
        row[0] = (real)(s * sums[1]);
        row[columns] = (real)sums[0];
      }
    }
  }
}

// y <- a x + b y in float64, as axpby of vectors.cu does it.
__device__ __forceinline__ void follow(double a, double x, double b, double* y) {
  *y = b == 0 ? a * x : fma(b, *y, a * x);
}

// Where there are running moments, they follow.
// Blocks of all that follow along x: tiles, along y: replicas; no parts, no sums: they are 0 then.
KERNEL_OF(256)
moments(const double* partial, int parts, const real* x, int64 x_stride, double* mean,
        int64 mean_stride, double* variance, int64 variance_stride, double* running_mean,
        int64 running_mean_stride, double* running_variance, int64 running_variance_stride,
        double mean_share, double variance_share, double kept, double rows, int columns, int shift,
        int replicas) {
  Tile tile(shift);
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    double sums[2];
    total_sums(tile, partial, r, parts, columns, sums);
    if (tile.group == 0 && tile.column < columns) {
      int c = tile.column;
      double first = sums[0] / rows;
      double v = sums[1] / rows - first * first;
      double m = (double)x[r * x_stride + c] + first;
      v = v < 0 ? 0 : v;  // not-a-number stays
      mean[r * mean_stride + c] = m;
      variance[r * variance_stride + c] = v;
      if (running_mean != 0) {
        follow(mean_share, m, kept, running_mean + r * running_mean_stride + c);
        follow(variance_share, v, kept, running_variance + r * running_variance_stride + c);
      }
    }
  }
}

// The forward pass is the tangent in which x rests, gamma and beta moving by themselves.
KERNEL_OF(256)
tangent_coefficients(const double* partial, int parts, const double* mean, int64 mean_stride,
                     const double* variance, int64 variance_stride, double epsilon,
                     const real* gamma, int64 gamma_stride, const real* gamma_dot,
                     int64 gamma_dot_stride, const real* beta_dot, int64 beta_dot_stride,
                     real* factors, double rows, int columns, int shift, int replicas) {
  Tile tile(shift);
  int c = tile.column;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    double sums[2];
    total_sums(tile, partial, r, parts, columns, sums);
    if (tile.group == 0 && c < columns) {
      double s = 1 / sqrt(variance[r * variance_stride + c] + epsilon);
      double scale = (double)gamma[r * gamma_stride + c] * s;
      double slope = s * s * sums[1] / rows;
      store(factors + (int64)r * TERMS * columns + c, columns, mean[r * mean_stride + c],
            (double)beta_dot[r * beta_dot_stride + c] - scale * sums[0] / rows,
            (double)gamma_dot[r * gamma_dot_stride + c] * s - scale * slope, scale, 0, 0);
    }
  }
}

// Gamma is read before its gradient, which may take its place, is written.
KERNEL_OF(256)
backward_coefficients(const double* partial, int parts, const double* mean, int64 mean_stride,
                      const double* variance, int64 variance_stride, double epsilon,
                      const real* gamma, int64 gamma_stride, real* gamma_bar,
                      int64 gamma_bar_stride, real* beta_bar, int64 beta_bar_stride, int add,
                      int coupled, real* factors, double rows, int columns, int shift,
                      int replicas) {
  Tile tile(shift);
  int c = tile.column;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    double sums[2];
    total_sums(tile, partial, r, parts, columns, sums);
    if (tile.group == 0 && c < columns) {
      double s = 1 / sqrt(variance[r * variance_stride + c] + epsilon);
      double scale = (double)gamma[r * gamma_stride + c] * s;
      double slope = coupled ? s * s * sums[1] / rows : 0;
      double centre = coupled ? sums[0] / rows : 0;
      store(factors + (int64)r * TERMS * columns + c, columns, mean[r * mean_stride + c],
            -scale * centre, -scale * slope, 0, scale, 0);
      if (gamma_bar) {
        deliver(gamma_bar + r * gamma_bar_stride + c, add, s * sums[1]);
        deliver(beta_bar + r * beta_bar_stride + c, add, sums[0]);
      }
    }
  }
}

KERNEL_OF(256)
backward_tangent_coefficients(const double* partial, int parts, const double* mean,
                              int64 mean_stride, const double* variance, int64 variance_stride,
                              double epsilon, const real* gamma, int64 gamma_stride,
                              const real* gamma_dot, int64 gamma_dot_stride, real* gamma_bar_dot,
                              int64 gamma_bar_dot_stride, real* beta_bar_dot,
                              int64 beta_bar_dot_stride, int add, int coupled, real* factors,
                              double rows, int columns, int shift, int replicas) {
  Tile tile(shift);
  int c = tile.column;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    double sums[7];
    total_sums(tile, partial, r, parts, columns, sums);
    if (tile.group == 0 && c < columns) {
      double s = 1 / sqrt(variance[r * variance_stride + c] + epsilon);
      double scale = (double)gamma[r * gamma_stride + c] * s;
      double move = (double)gamma_dot[r * gamma_dot_stride + c] * s;
      // how the mean and -log s move
      double mean_dot = coupled ? sums[4] / rows : 0;
      double decline = coupled ? s * s * sums[5] / rows : 0;
      double of_gamma = sums[3] + sums[6] - sums[0] * mean_dot - decline * sums[1];
      double slope = coupled ? s * s * sums[1] / rows : 0;
      double slope_dot = coupled ? s * s * of_gamma / rows - slope * decline : 0;
      move -= scale * decline;
      double constant =
          coupled ? scale * slope * mean_dot - (move * sums[0] + scale * sums[2]) / rows : 0;
      store(factors + (int64)r * TERMS * columns + c, columns, mean[r * mean_stride + c], constant,
            -move * slope - scale * slope_dot, -scale * slope, move, scale);
      deliver(gamma_bar_dot + r * gamma_bar_dot_stride + c, add, s * of_gamma);
      deliver(beta_bar_dot + r * beta_bar_dot_stride + c, add, sums[2]);
    }
  }
}
