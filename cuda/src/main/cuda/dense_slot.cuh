// A warp's part of the first layer: ROWS outputs, 32 * COLUMNS inputs, a lane COLUMNS of them.
#ifndef NOISESCAPE_DENSE_SLOT_CUH
#define NOISESCAPE_DENSE_SLOT_CUH

#include "chain.cuh"
#include "scatter.cuh"

// Outputs of the first layer.
#define FIRST width_of(1)

// Samples that are summed at once, in two halves; those beyond the mini-batch repeat its last one.
#define CHUNK (2 * PAIRS)

// Of a row of the mini-batch, and of a half chunk of an output's cotangents.
#define X_PITCH up_to_fours(INPUTS)
#define HALF_PITCH up_to_fours(PAIRS)

#define SUMS (ROWS * PAIRS)

struct Slot {
  int strip;
  int first_output;
  int column;   // first of the lane's; 0 where it has none, and weights of zero
  bool active;  // whether the lane has inputs
  int upper;    // 1 for the lanes that take the halves of a chunk in the other order
};

__device__ __forceinline__ Slot slot_of(int number, int lane) {
  Slot slot;
  slot.strip = number % STRIPS;
  slot.first_output = number / STRIPS * ROWS;
  int column = (slot.strip * 32 + lane) * COLUMNS;
  slot.active = column < INPUTS;
  slot.column = slot.active ? column : 0;
  slot.upper = lane / 16;
  return slot;
}

__device__ __forceinline__ void load_columns(const real* from, real* to) {
  if constexpr (COLUMNS == 4) {
    load_four(from, to);
  } else {
#pragma unroll
    for (int c = 0; c < COLUMNS; c++) {
      to[c] = from[c];
    }
  }
}

__device__ __forceinline__ void store_columns(real* to, const real* from) {
  if constexpr (COLUMNS == 4) {
    store_four(to, from);
  } else {
#pragma unroll
    for (int c = 0; c < COLUMNS; c++) {
      to[c] = from[c];
    }
  }
}

// The output of a slot's row; the last rows of the last slots repeat the last output.
__device__ __forceinline__ int output_of(const Slot& slot, int row) {
  return FIRST % ROWS == 0 ? slot.first_output + row : min(slot.first_output + row, FIRST - 1);
}

__device__ __forceinline__ bool has_row(const Slot& slot, int row) {
  return FIRST % ROWS == 0 || slot.first_output + row < FIRST;
}

// A sample of a chunk by its half and place, in the lane's order of halves.
__device__ __forceinline__ int sample_of(const Slot& slot, int chunk, int half, int place) {
  int sample = chunk * CHUNK + ((half ^ slot.upper) != 0 ? PAIRS : 0) + place;
  return CHUNKS * CHUNK == BATCH ? sample : min(sample, BATCH - 1);
}

// One half of a chunk: the lane's columns of PAIRS rows.
__device__ __forceinline__ void load_half(const Slot& slot, int chunk, int half, const real* x,
                                          real (*values)[COLUMNS]) {
#pragma unroll
  for (int j = 0; j < PAIRS; j++) {
    load_columns(x + sample_of(slot, chunk, half, j) * X_PITCH + slot.column, values[j]);
  }
}

__device__ __forceinline__ void products(const real (*w)[COLUMNS], const real* x, real* sums) {
#pragma unroll
  for (int o = 0; o < ROWS; o++) {
    sums[o] = 0;
#pragma unroll
    for (int c = 0; c < COLUMNS; c++) {
      sums[o] = fma(w[o][c], x[c], sums[o]);
    }
  }
}

// Sums over the slot's columns for all samples: partial sums of the strip (batch, FIRST). Where the
// rows are to be held, they are left in held.
template <bool HELD>
__device__ __forceinline__ void forward_slot(const Slot& slot, const real (*w)[COLUMNS],
                                             const real* x, real (*held)[COLUMNS], real* partials,
                                             int lane) {
  if constexpr (HELD) {
    load_half(slot, 0, 0, x, held);
    load_half(slot, 0, 1, x, held + PAIRS);
  }
#pragma unroll 1
  for (int chunk = 0; chunk < CHUNKS; chunk++) {
    real sums[SUMS];
#pragma unroll
    for (int j = 0; j < PAIRS; j++) {
      real mine[ROWS];
      real others[ROWS];
      if constexpr (HELD) {
        products(w, held[j], mine);
        products(w, held[PAIRS + j], others);
      } else {
        real row[COLUMNS];
        load_columns(x + sample_of(slot, chunk, 0, j) * X_PITCH + slot.column, row);
        products(w, row, mine);
        load_columns(x + sample_of(slot, chunk, 1, j) * X_PITCH + slot.column, row);
        products(w, row, others);
      }
#pragma unroll
      for (int o = 0; o < ROWS; o++) {
        sums[o * PAIRS + j] = mine[o] + __shfl_xor_sync(0xffffffffu, others[o], 16);
      }
    }
    scatter_sums<SUMS, 8>(sums, lane);
#pragma unroll
    for (int f = 0; f < scattered(SUMS, 8); f++) {
      int index = scattered_index<SUMS, 8>(f, lane);
      int row = index / PAIRS;
      int sample = chunk * CHUNK + slot.upper * PAIRS + index - row * PAIRS;
      if (index >= 0 && sample < BATCH && has_row(slot, row)) {
        partials[(slot.strip * BATCH + sample) * FIRST + slot.first_output + row] = sums[f];
      }
    }
  }
}

// W += scale * sum of cotangent * input. Cotangents (chunks, FIRST, 2, HALF_PITCH).
template <bool HELD>
__device__ __forceinline__ void update_slot(const Slot& slot, real (*w)[COLUMNS], const real* x,
                                            const real (*held)[COLUMNS], const real* cotangents,
                                            real scale) {
  real sums[ROWS][COLUMNS] = {};
#pragma unroll 1
  for (int chunk = 0; chunk < CHUNKS; chunk++) {
#pragma unroll
    for (int half = 0; half < 2; half++) {
      real rows[PAIRS][COLUMNS];
      if constexpr (!HELD) {
        load_half(slot, chunk, half, x, rows);
      }
      const real* from = cotangents + (half ^ slot.upper) * HALF_PITCH;
#pragma unroll
      for (int o = 0; o < ROWS; o++) {
        real cotangent[HALF_PITCH];
        const real* row = from + (chunk * FIRST + output_of(slot, o)) * 2 * HALF_PITCH;
#pragma unroll
        for (int j = 0; j < HALF_PITCH; j += 4) {
          load_four(row + j, cotangent + j);
        }
#pragma unroll
        for (int j = 0; j < PAIRS; j++) {
#pragma unroll
          for (int c = 0; c < COLUMNS; c++) {
            real input = HELD ? held[half * PAIRS + j][c] : rows[j][c];
            sums[o][c] = fma(cotangent[j], input, sums[o][c]);
          }
        }
      }
    }
  }
  real factor = slot.active ? scale : (real)0;
#pragma unroll
  for (int o = 0; o < ROWS; o++) {
#pragma unroll
    for (int c = 0; c < COLUMNS; c++) {
      w[o][c] = fma(factor, sums[o][c], w[o][c]);
    }
  }
}

#endif
