// Sums over the lanes of a warp of many numbers at once: at each halving a lane gives one half of its
// numbers away and adds what it gets to the other, so that N sums take about N exchanges.
#ifndef NOISESCAPE_SCATTER_CUH
#define NOISESCAPE_SCATTER_CUH

// Numbers that a lane is left with.
__device__ constexpr int scattered(int count, int offset) {
  return offset == 0 ? count : scattered((count + 1) / 2, offset / 2);
}

// Sums over lanes that differ in the bits up to OFFSET; the first scattered(N, OFFSET) numbers of a
// lane are left.
template <int N, int OFFSET>
__device__ __forceinline__ void scatter_sums(real* values, int lane) {
  if constexpr (OFFSET > 0) {
    constexpr int KEPT = (N + 1) / 2;
    bool upper = (lane & OFFSET) != 0;
#pragma unroll
    for (int j = 0; j < KEPT; j++) {
      real given = values[j];
      real kept = values[j];
      if (j + KEPT < N) {
        given = upper ? values[j] : values[j + KEPT];
        kept = upper ? values[j + KEPT] : values[j];
      }
      values[j] = kept + __shfl_xor_sync(0xffffffffu, given, OFFSET);
    }
    scatter_sums<KEPT, OFFSET / 2>(values, lane);
  }
}

// Which of the N sums a lane's number is; -1 where another lane has it.
template <int N, int OFFSET>
__device__ __forceinline__ int scattered_index(int position, int lane) {
  if constexpr (OFFSET == 0) {
    return position;
  } else {
    constexpr int KEPT = (N + 1) / 2;
    int at = scattered_index<KEPT, OFFSET / 2>(position, lane);
    bool upper = (lane & OFFSET) != 0;
    return at < 0 || !upper ? at : at + KEPT < N ? at + KEPT : -1;
  }
}

#endif
