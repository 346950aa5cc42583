// Sums over rows of (rows, columns) matrices, several at once, in double and in a fixed order, and
// the coefficients that follow from them.
#ifndef NOISESCAPE_CHANNELS_CUH
#define NOISESCAPE_CHANNELS_CUH

#define CHANNEL_THREADS 256

// A block's tile of 2^shift columns; the threads of a column share its rows.
struct Tile {
  int lane;
  int group;
  int width;
  int height;
  int column;

  __device__ __forceinline__ explicit Tile(int shift) {
    width = 1 << shift;
    height = CHANNEL_THREADS >> shift;
    lane = threadIdx.x & (width - 1);
    group = threadIdx.x >> shift;
    column = blockIdx.x * width + lane;
  }
};

// Term has the number SUMS of its sums and add(row, sums), for the thread's column. Threads of
// group 0 get the totals; all threads of the block come here together.
template <class Term>
__device__ __forceinline__ void tile_sums(const Tile& tile, const Term& term, int64 from, int64 to,
                                          int columns, double (&sums)[Term::SUMS]) {
  __shared__ double shared[CHANNEL_THREADS];
#pragma unroll
  for (int k = 0; k < Term::SUMS; k++) {
    sums[k] = 0;
  }
  if (tile.column < columns) {
#pragma unroll 4
    for (int64 row = from + tile.group; row < to; row += tile.height) {
      term.add(row, sums);
    }
  }
#pragma unroll
  for (int k = 0; k < Term::SUMS; k++) {
    __syncthreads();  // the sums before may still be read
    shared[threadIdx.x] = sums[k];
    __syncthreads();
    for (int half = tile.height / 2; half > 0; half /= 2) {
      if (tile.group < half) {
        shared[threadIdx.x] += shared[threadIdx.x + half * tile.width];
      }
      __syncthreads();
    }
    sums[k] = shared[tile.lane];
  }
}

// partial (parts, SUMS, columns) <- the sums over the rows of each part, a part a blockIdx.y.
template <class Term>
__device__ __forceinline__ void part_sums(const Tile& tile, const Term& term, int64 rows,
                                          int columns, double* partial) {
  int64 part_rows = (rows + gridDim.y - 1) / gridDim.y;
  int64 from = blockIdx.y * part_rows;
  int64 to = from + part_rows < rows ? from + part_rows : rows;
  double sums[Term::SUMS];
  tile_sums(tile, term, from, to, columns, sums);
  if (tile.group == 0 && tile.column < columns) {
    double* out = partial + (int64)blockIdx.y * Term::SUMS * columns + tile.column;
#pragma unroll
    for (int k = 0; k < Term::SUMS; k++) {
      out[(int64)k * columns] = sums[k];
    }
  }
}

// The parts as rows of their own.
template <int N>
struct Parts {
  static const int SUMS = N;
  const double* partial;
  int columns;

  __device__ __forceinline__ void add(int64 row, double (&sums)[N]) const {
#pragma unroll
    for (int k = 0; k < N; k++) {
      sums[k] += partial[(row * N + k) * columns];
    }
  }
};

// The totals of one replica's parts, for the threads of group 0.
template <int N>
__device__ __forceinline__ void total_sums(const Tile& tile, const double* partial, int r,
                                           int parts, int columns, double (&sums)[N]) {
  Parts<N> term = {partial + (int64)r * parts * N * columns + tile.column, columns};
  tile_sums(tile, term, 0, parts, columns, sums);
}

// Coefficients (TERMS, columns) of a replica, those of the mean first: in float its upper and its
// lower digits, so that x - mean has all of its own.
#define TERMS 7

static __device__ __forceinline__ void store(real* factors, int columns, double mean,
                                             double constant, double d, double x_dot, double bar,
                                             double bar_dot) {
  real upper = (real)mean;
  double all[TERMS] = {upper, mean - upper, constant, d, x_dot, bar, bar_dot};
#pragma unroll
  for (int t = 0; t < TERMS; t++) {
    factors[t * columns] = (real)all[t];
  }
}

static __device__ __forceinline__ void deliver(real* target, int add, double value) {
  *target = (real)(add ? (double)*target + value : value);
}

#endif
