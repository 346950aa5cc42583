// Mini-batches as org.noisescape.random draws them.
#ifndef NOISESCAPE_DRAWS_CUH
#define NOISESCAPE_DRAWS_CUH

#include "random.cuh"

// Indices of one step's mini-batch, by one warp. Without replacement an epoch's permutation is kept in
// shared memory while it lasts; renew says that it is not there yet.
__device__ __forceinline__ void draw_batch(uint64 key, uint64 step, int samples, int batch,
                                           bool without_replacement, bool renew, Permutation* kept,
                                           int lane, int* indices) {
  if (!without_replacement) {
    for (int b = lane; b < batch; b += 32) {
      indices[b] = below(samples, chosen(philox(key, (uint64)(b / 4), step), b % 4));
    }
    return;
  }
  uint32 batches = (uint32)(samples / batch);
  uint64 epoch = step / batches;
  int within = (int)(step - epoch * batches);
  if (renew || within == 0) {
    __syncwarp();
    Permutation next = permutation(key, epoch, samples);
    if (lane == 0) {
      *kept = next;
    }
    __syncwarp();
  }
  Permutation order = *kept;
  for (int b = lane; b < batch; b += 32) {
    indices[b] = permute(order, within * batch + b);
  }
}

#endif
