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

#endif
