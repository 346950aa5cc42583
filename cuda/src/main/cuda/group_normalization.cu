// Normalisation where groups of channels of sets of rows share mean and variance: what follows from
// the sums of normalization.cu, a few threads a group. d stands for x - mean.
#include "common.cuh"
#include "channels.cuh"
#include "groups.cuh"

// A group of a set: its first channel, how many there are, how many elements they have.
struct Group {
  bool inside;
  int64 set;
  int first;
  int size;
  double count;

  __device__ __forceinline__ Group(int64 row, int sets, int groups, int columns, int64 set_rows) {
    inside = row < (int64)sets * groups;
    set = inside ? row / groups : 0;
    size = columns / groups;
    first = inside ? (int)(row % groups) * size : 0;
    count = (double)set_rows * size;
  }
};

// The sum over the parts of one channel's sums of a kind; 0 without parts.
static __device__ __forceinline__ double total(const double* partial, int parts, int kinds,
                                               int kind, int columns, int c) {
  double sum = 0;
  for (int part = 0; part < parts; part++) {
    sum += partial[((int64)part * kinds + kind) * columns + c];
  }
  return sum;
}

static __device__ __forceinline__ double channel_mean(const double* partial, int parts,
                                                      const real* top, double rows, int columns,
                                                      int c) {
  return (double)top[c] + total(partial, parts, 2, 0, columns, c) / rows;
}

KERNEL group_moments(const double* partial, int parts, const real* x, int64 x_stride, double* mean,
                     int64 mean_stride, double* variance, int64 variance_stride, int64 set_rows,
                     int columns, int sets, int groups, int lanes, int replicas) {
  __shared__ Board board;
  double n = (double)set_rows;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    for (Rows rows((int64)sets * groups, lanes); rows.left(); rows.next()) {
      Group group(rows.row(), sets, groups, columns, set_rows);
      int end = group.inside ? group.size : 0;
      const double* sums = partial + ((int64)r * sets + group.set) * parts * 2 * columns;
      const real* top = x + r * x_stride + group.set * set_rows * columns;
      double origin = channel_mean(sums, parts, top, n, columns, group.first);
      double shift = 0;
      for (int k = rows.lane; k < end; k += lanes) {
        shift += channel_mean(sums, parts, top, n, columns, group.first + k) - origin;
      }
      double centre = origin + group_sum(shift, lanes, board) / group.size;
      double spread = 0;
      for (int k = rows.lane; k < end; k += lanes) {
        int c = group.first + k;
        double own = total(sums, parts, 2, 0, columns, c) / n;
        double v = total(sums, parts, 2, 1, columns, c) / n - own * own;
        double apart = (double)top[c] + own - centre;
        spread += (v < 0 ? 0 : v) + apart * apart;  // not-a-number stays
      }
      spread = group_sum(spread, lanes, board) / group.size;
      for (int k = rows.lane; k < end; k += lanes) {
        int64 c = group.set * columns + group.first + k;
        mean[r * mean_stride + c] = centre;
        variance[r * variance_stride + c] = spread;
      }
    }
  }
}

// The forward pass is the tangent in which x rests, gamma and beta moving by themselves.
KERNEL group_tangent_coefficients(const double* partial, int parts, const double* mean,
                                  int64 mean_stride, const double* variance,
                                  int64 variance_stride, double epsilon, const real* gamma,
                                  int64 gamma_stride, const real* gamma_dot,
                                  int64 gamma_dot_stride, const real* beta_dot,
                                  int64 beta_dot_stride, real* factors, int64 set_rows,
                                  int columns, int sets, int groups, int lanes, int replicas) {
  __shared__ Board board;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    for (Rows rows((int64)sets * groups, lanes); rows.left(); rows.next()) {
      Group group(rows.row(), sets, groups, columns, set_rows);
      int end = group.inside ? group.size : 0;
      int64 at = (int64)r * sets + group.set;
      const double* sums = partial + at * parts * 2 * columns;
      double move = 0;
      double spread = 0;
      for (int k = rows.lane; k < end; k += lanes) {
        move += total(sums, parts, 2, 0, columns, group.first + k);
        spread += total(sums, parts, 2, 1, columns, group.first + k);
      }
      move = group_sum(move, lanes, board) / group.count;
      spread = group_sum(spread, lanes, board) / group.count;
      for (int k = rows.lane; k < end; k += lanes) {
        int c = group.first + k;
        int64 own = group.set * columns + c;
        double s = 1 / sqrt(variance[r * variance_stride + own] + epsilon);
        double scale = (double)gamma[r * gamma_stride + c] * s;
        store(factors + at * TERMS * columns + c, columns, mean[r * mean_stride + own],
              (double)beta_dot[r * beta_dot_stride + c] - scale * move,
              (double)gamma_dot[r * gamma_dot_stride + c] * s - scale * s * s * spread, scale, 0,
              0);
      }
    }
  }
}

// affine (replicas, sets, 2, columns) <- each set's part of the gradients in gamma and beta.
KERNEL group_backward_coefficients(const double* partial, int parts, const double* mean,
                                   int64 mean_stride, const double* variance,
                                   int64 variance_stride, double epsilon, const real* gamma,
                                   int64 gamma_stride, double* affine, int coupled, real* factors,
                                   int64 set_rows, int columns, int sets, int groups, int lanes,
                                   int replicas) {
  __shared__ Board board;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    for (Rows rows((int64)sets * groups, lanes); rows.left(); rows.next()) {
      Group group(rows.row(), sets, groups, columns, set_rows);
      int end = group.inside ? group.size : 0;
      int64 at = (int64)r * sets + group.set;
      const double* sums = partial + at * parts * 2 * columns;
      double p = 0;
      double q = 0;
      for (int k = rows.lane; coupled && k < end; k += lanes) {
        double g = gamma[r * gamma_stride + group.first + k];
        p = fma(g, total(sums, parts, 2, 0, columns, group.first + k), p);
        q = fma(g, total(sums, parts, 2, 1, columns, group.first + k), q);
      }
      p = group_sum(p, lanes, board) / group.count;
      q = group_sum(q, lanes, board) / group.count;
      for (int k = rows.lane; k < end; k += lanes) {
        int c = group.first + k;
        int64 own = group.set * columns + c;
        double s = 1 / sqrt(variance[r * variance_stride + own] + epsilon);
        store(factors + at * TERMS * columns + c, columns, mean[r * mean_stride + own], -s * p,
              -s * s * s * q, 0, (double)gamma[r * gamma_stride + c] * s, 0);
        affine[at * 2 * columns + c] = s * total(sums, parts, 2, 1, columns, c);
        affine[(at * 2 + 1) * columns + c] = total(sums, parts, 2, 0, columns, c);
      }
    }
  }
}

KERNEL group_backward_tangent_coefficients(
    const double* partial, int parts, const double* mean, int64 mean_stride,
    const double* variance, int64 variance_stride, double epsilon, const real* gamma,
    int64 gamma_stride, const real* gamma_dot, int64 gamma_dot_stride, double* affine, int coupled,
    real* factors, int64 set_rows, int columns, int sets, int groups, int lanes, int replicas) {
  __shared__ Board board;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    for (Rows rows((int64)sets * groups, lanes); rows.left(); rows.next()) {
      Group group(rows.row(), sets, groups, columns, set_rows);
      int end = group.inside ? group.size : 0;
      int64 at = (int64)r * sets + group.set;
      const double* sums = partial + at * parts * 7 * columns;
      const real* g = gamma + r * gamma_stride + group.first;
      const real* g_dot = gamma_dot + r * gamma_dot_stride + group.first;
      double own_variance = variance[r * variance_stride + group.set * columns + group.first];
      double s = 1 / sqrt(own_variance + epsilon);
      // how the mean and -log s move
      double move = 0;
      double decline = 0;
      for (int k = rows.lane; coupled && k < end; k += lanes) {
        move += total(sums, parts, 7, 4, columns, group.first + k);
        decline += total(sums, parts, 7, 5, columns, group.first + k);
      }
      move = group_sum(move, lanes, board) / group.count;
      decline = s * s * group_sum(decline, lanes, board) / group.count;
      double p = 0;
      double p_dot = 0;
      double q = 0;
      double q_dot = 0;
      for (int k = rows.lane; k < end; k += lanes) {
        int c = group.first + k;
        double bar = total(sums, parts, 7, 0, columns, c);
        double bar_d = total(sums, parts, 7, 1, columns, c);
        double bar_dot = total(sums, parts, 7, 2, columns, c);
        double of_gamma = total(sums, parts, 7, 3, columns, c) +
                          total(sums, parts, 7, 6, columns, c) - bar * move;
        p += (double)g[k] * bar;
        q += (double)g[k] * bar_d;
        p_dot += (double)g_dot[k] * bar + (double)g[k] * bar_dot;
        q_dot += (double)g_dot[k] * bar_d + (double)g[k] * of_gamma;
        affine[at * 2 * columns + c] = s * (of_gamma - decline * bar_d);
        affine[(at * 2 + 1) * columns + c] = bar_dot;
      }
      p = coupled ? group_sum(p, lanes, board) / group.count : 0;
      q = coupled ? group_sum(q, lanes, board) / group.count : 0;
      p_dot = coupled ? group_sum(p_dot, lanes, board) / group.count : 0;
      q_dot = coupled ? group_sum(q_dot, lanes, board) / group.count : 0;
      double cube = s * s * s;
      for (int k = rows.lane; k < end; k += lanes) {
        int c = group.first + k;
        store(factors + at * TERMS * columns + c, columns,
              mean[r * mean_stride + group.set * columns + c],
              s * (decline * p - p_dot) + cube * q * move, cube * (3 * decline * q - q_dot),
              -cube * q, s * ((double)g_dot[k] - (double)g[k] * decline), s * (double)g[k]);
      }
    }
  }
}

// Adds the sets' parts in their order: a thread a channel of gamma, then of beta.
KERNEL group_affine_totals(const double* affine, int sets, int columns, real* gamma_bar,
                           int64 gamma_bar_stride, real* beta_bar, int64 beta_bar_stride, int add,
                           int replicas) {
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    for (int64 j = blockIdx.x * (int64)blockDim.x + threadIdx.x; j < 2 * columns;
         j += (int64)gridDim.x * blockDim.x) {
      double sum = 0;
      for (int set = 0; set < sets; set++) {
        sum += affine[((int64)r * sets + set) * 2 * columns + j];
      }
      real* target = j < columns ? gamma_bar + r * gamma_bar_stride + j
                                 : beta_bar + r * beta_bar_stride + j - columns;
      deliver(target, add, sum);
    }
  }
}
