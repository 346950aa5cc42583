// The step counter.
#include "common.cuh"
#include "random.cuh"

// step += count.
KERNEL advance_by(int* step_words, int count) {
  uint64 step = join(step_words) + (uint64)count;
  step_words[0] = (int)(uint32)step;
  step_words[1] = (int)(uint32)(step >> 32);
}
