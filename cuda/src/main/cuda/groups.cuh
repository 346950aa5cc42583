// Sums and maxima over groups of neighbouring threads, the same for every member, in a fixed order.
#ifndef NOISESCAPE_GROUPS_CUH
#define NOISESCAPE_GROUPS_CUH

#define WARP 32
#define MAXIMAL_WARPS 32

// Results of a block's warps.
struct Board {
  double of[MAXIMAL_WARPS];
};

struct Add {
  __device__ __forceinline__ double operator()(double a, double b) const { return a + b; }
};

struct Larger {
  __device__ __forceinline__ double operator()(double a, double b) const { return fmax(a, b); }
};

// Lanes is a power of two up to 32, or blockDim.x; all threads of the block come here together.
template <class Combine>
__device__ __forceinline__ double combined(double value, int lanes, Board& board, Combine combine) {
  // both partners of an exchange add the same two numbers: all lanes end with the same bits
  for (int distance = (lanes < WARP ? lanes : WARP) / 2; distance > 0; distance /= 2) {
    value = combine(value, __shfl_xor_sync(0xffffffffu, value, distance));
  }
  if (lanes > WARP) {
    __syncthreads();  // the board may still be read by an earlier call
    if (threadIdx.x % WARP == 0) {
      board.of[threadIdx.x / WARP] = value;
    }
    __syncthreads();
    value = board.of[0];
    for (int warp = 1; warp < lanes / WARP; warp++) {
      value = combine(value, board.of[warp]);
    }
  }
  return value;
}

__device__ __forceinline__ double group_sum(double value, int lanes, Board& board) {
  return combined(value, lanes, board, Add());
}

__device__ __forceinline__ double group_max(double value, int lanes, Board& board) {
  return combined(value, lanes, board, Larger());
}

// Rows shared out to groups; a block's groups step together, so that all reach every exchange.
struct Rows {
  int lanes;
  int lane;
  int64 base;
  int64 rows;

  __device__ __forceinline__ Rows(int64 rows, int lanes) : lanes(lanes), rows(rows) {
    lane = threadIdx.x % lanes;
    base = (int64)blockIdx.x * (blockDim.x / lanes);
  }

  __device__ __forceinline__ bool left() const { return base < rows; }
  __device__ __forceinline__ void next() { base += (int64)gridDim.x * (blockDim.x / lanes); }
  __device__ __forceinline__ int64 row() const { return base + threadIdx.x / lanes; }
};

#endif
