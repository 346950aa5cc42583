// Elements of a row by 16 bytes where it is aligned, by neighbouring threads where it is not.
#ifndef NOISESCAPE_PACKS_CUH
#define NOISESCAPE_PACKS_CUH

#define PACK ((int)(16 / sizeof(real)))

struct __align__(16) Pack {
  real at[PACK];
};

// PACK elements of a thread: neighbours where rows are aligned, blockDim.x apart where not.
struct Span {
  int64 first;
  int64 width;
  int step;

  __device__ __forceinline__ bool inside() const { return first < width; }
  __device__ __forceinline__ bool whole() const { return step == 1 && first + PACK <= width; }
  __device__ __forceinline__ void next() { first += (int64)gridDim.x * blockDim.x * PACK; }
};

// The first span of a thread; the grid covers a row of so many elements, once or in turns.
__device__ __forceinline__ Span first_span(int64 width, bool aligned) {
  Span span;
  span.first = (int64)blockIdx.x * blockDim.x * PACK + threadIdx.x * (aligned ? PACK : 1);
  span.width = width;
  span.step = aligned ? 1 : blockDim.x;
  return span;
}

__device__ __forceinline__ bool aligned(const void* row) { return ((uint64)row & 15) == 0; }

__device__ __forceinline__ Pack load(const real* row, const Span& span) {
  if (span.whole()) {
    return *reinterpret_cast<const Pack*>(row + span.first);
  }
  Pack pack;
#pragma unroll
  for (int e = 0; e < PACK; e++) {
    int64 i = span.first + (int64)e * span.step;
    pack.at[e] = i < span.width ? row[i] : (real)0;
  }
  return pack;
}

__device__ __forceinline__ void store(real* row, const Span& span, const Pack& pack) {
  if (span.whole()) {
    *reinterpret_cast<Pack*>(row + span.first) = pack;
    return;
  }
#pragma unroll
  for (int e = 0; e < PACK; e++) {
    int64 i = span.first + (int64)e * span.step;
    if (i < span.width) {
      row[i] = pack.at[e];
    }
  }
}

// 32-bit where that is enough, which is several times faster.
__device__ __forceinline__ int64 column_of(int64 index, int64 columns) {
  return index <= 0xffffffffLL ? (int64)((uint32)index % (uint32)columns) : index % columns;
}

// Column of a span's first element in rows of so many, kept up with few divisions.
struct Column {
  int64 at;
  int64 columns;
  int64 beside;  // columns between neighbours of a span that is not whole
  int64 ahead;   // columns to the next span, if there is one

  __device__ __forceinline__ Column(const Span& span, int64 columns)
      : columns(columns), beside(0), ahead(0) {
    int64 turn = (int64)gridDim.x * blockDim.x * PACK;
    at = column_of(span.first, columns);
    if (!span.whole()) {
      beside = column_of(span.step, columns);
    }
    if (span.first + turn < span.width) {
      ahead = column_of(turn, columns);
    }
  }

  __device__ __forceinline__ int64 moved(int64 from, int64 by) const {
    int64 to = from + by;
    return to >= columns ? to - columns : to;
  }

  __device__ __forceinline__ void next() { at = moved(at, ahead); }
};

// The elements of one row of columns that belong to a span.
__device__ __forceinline__ Pack load(const real* columns, const Span& span, const Column& column) {
  if (span.whole()) {
    return *reinterpret_cast<const Pack*>(columns + column.at);
  }
  Pack pack;
  int64 at = column.at;
#pragma unroll
  for (int e = 0; e < PACK; e++) {
    pack.at[e] = columns[at];
    at = column.moved(at, column.beside);
  }
  return pack;
}

// As load and store, with neighbouring elements also where rows are not aligned: span.step only
// says whether they are.
__device__ __forceinline__ Pack load_near(const real* row, const Span& span) {
  if (span.whole()) {
    return *reinterpret_cast<const Pack*>(row + span.first);
  }
  Pack pack;
#pragma unroll
  for (int e = 0; e < PACK; e++) {
    pack.at[e] = span.first + e < span.width ? row[span.first + e] : (real)0;
  }
  return pack;
}

__device__ __forceinline__ void store_near(real* row, const Span& span, const Pack& pack) {
  if (span.whole()) {
    *reinterpret_cast<Pack*>(row + span.first) = pack;
    return;
  }
#pragma unroll
  for (int e = 0; e < PACK; e++) {
    if (span.first + e < span.width) {
      row[span.first + e] = pack.at[e];
    }
  }
}

__device__ __forceinline__ float magnitude(float a) { return fabsf(a); }
__device__ __forceinline__ double magnitude(double a) { return fabs(a); }

// One rounding, on every path alike.
__device__ __forceinline__ float fused(float a, float b, float c) { return fmaf(a, b, c); }
__device__ __forceinline__ double fused(double a, double b, double c) { return fma(a, b, c); }

#endif
