// Sums down the columns of (rows, columns) matrices whose elements are computed on the way.
#ifndef NOISESCAPE_COLUMNS_CUH
#define NOISESCAPE_COLUMNS_CUH

#define ROWS_AT_ONCE 4
#define COLUMN_THREADS 1024

// How a block works: tiles of 2^shift columns, the rows of one of row_blocks parts. With one part
// the sums go to bias_bar, else to partial (replica, column, part), for column_totals.
struct Tiling {
  int64 rows;
  int columns;
  int shift;
  int row_blocks;
};

// Term has load(i), which reads, and finish(i, loaded), which stores the element and returns it.
template <class Term>
__device__ __forceinline__ void column_sums(const Tiling& tiling, const Term& term, real* bias_bar,
                                            double* partial, int add) {
  __shared__ double sums[COLUMN_THREADS];
  int width = 1 << tiling.shift;
  int height = blockDim.x >> tiling.shift;
  int tx = threadIdx.x & (width - 1);
  int ty = threadIdx.x >> tiling.shift;
  int tile = blockIdx.x / tiling.row_blocks;
  int part = blockIdx.x % tiling.row_blocks;
  int column = tile * width + tx;
  int64 chunk = (tiling.rows + tiling.row_blocks - 1) / tiling.row_blocks;
  int64 end = (part + 1) * chunk < tiling.rows ? (part + 1) * chunk : tiling.rows;
  double sum = 0;
  if (column < tiling.columns) {
    int64 m = part * chunk + ty;
    for (; m + (ROWS_AT_ONCE - 1) * height < end; m += ROWS_AT_ONCE * height) {
      // all loads before the first store, which might change what they read
      typename Term::Loaded loaded[ROWS_AT_ONCE];
#pragma unroll
      for (int u = 0; u < ROWS_AT_ONCE; u++) {
        loaded[u] = term.load((m + u * height) * tiling.columns + column);
      }
#pragma unroll
      for (int u = 0; u < ROWS_AT_ONCE; u++) {
        sum += term.finish((m + u * height) * tiling.columns + column, loaded[u]);
      }
    }
    for (; m < end; m += height) {
      int64 i = m * tiling.columns + column;
      sum += term.finish(i, term.load(i));
    }
  }
  // no barrier before: after an earlier replica's last one each thread read its own place only
  sums[threadIdx.x] = sum;
  __syncthreads();
  for (int half = height / 2; half > 0; half /= 2) {
    if (ty < half) {
      sums[threadIdx.x] += sums[threadIdx.x + half * width];
    }
    __syncthreads();
  }
  if (ty == 0 && column < tiling.columns) {
    if (tiling.row_blocks > 1) {
      partial[(int64)column * tiling.row_blocks + part] = sums[tx];
    } else {
      double held = add ? (double)bias_bar[column] : 0.0;
      bias_bar[column] = (real)(held + sums[tx]);
    }
  }
}

#endif
