// First passages of one replica: thresholds ascending, passages -1 where not yet passed.
#ifndef NOISESCAPE_PASSAGES_CUH
#define NOISESCAPE_PASSAGES_CUH

struct Passages {
  const double* thresholds;
  int64 stride;
  int count;
  double* row;
};

// Whether the replica stays where it is.
__device__ __forceinline__ bool at_rest(const Passages& table) {
  return table.count > 0 && table.row[table.count - 1] >= 0;
}

// First threshold that has not been passed, the count for none.
__device__ __forceinline__ int next_threshold(const Passages& table) {
  int t = 0;
  while (t < table.count && table.row[t] >= 0) {
    t++;
  }
  return t;
}

// Notes a loss; one that is not a number has passed every threshold.
__device__ __forceinline__ void note(const Passages& table, uint64 step, double loss) {
  for (int t = next_threshold(table);
       t < table.count && !(loss <= table.thresholds[t * table.stride]); t++) {
    table.row[t] = (double)step;
  }
}

// Steps of a launch that end at a look, or at the last step.
struct Stretch {
  uint64 begin;
  uint64 end;
  bool looks;
};

// Stretch number j of so many steps from a first one on, empty behind the last; the whole where
// nobody looks (look_every 0).
__device__ __forceinline__ Stretch stretch_of(uint64 first, int steps, int look_every, int j) {
  uint64 last = first + steps;
  Stretch stretch = {first, last, false};
  if (look_every == 0) {
    return stretch;
  }
  uint64 looks = first / look_every + j;
  uint64 next = (looks + 1) * look_every;
  stretch.begin = j == 0 ? first : looks * look_every;
  stretch.end = next < last ? next : last;
  stretch.looks = stretch.begin < stretch.end && stretch.end == next;
  return stretch;
}

#endif
