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
      Words words = philox(key, (uint64)(b / 4), step);
      uint32 word = b % 4 == 0   ? words.word[0]
                    : b % 4 == 1 ? words.word[1]
                    : b % 4 == 2 ? words.word[2]
                                 : words.word[3];
      indices[b] = (int)(((uint64)word * (uint64)samples) >> 32);
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
  Permutation chosen = *kept;
  for (int b = lane; b < batch; b += 32) {
    indices[b] = permute(chosen, within * batch + b);
  }
}

#endif
