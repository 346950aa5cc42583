// Matrix products of column-major matrices.
#ifndef EMULATOR_GEMM_H
#define EMULATOR_GEMM_H
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

// 10 bits of mantissa, rounded to nearest, ties away from zero.
inline float round_to_tf32(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  if ((bits & 0x7F800000u) != 0x7F800000u) bits = (bits + 0x1000u) & ~0x1FFFu;
  memcpy(&value, &bits, sizeof bits);
  return value;
}
inline double round_to_tf32(double value) { return value; }

// A column-major m x k copy of op(X).
template <class T>
std::vector<T> pack(const T* x, bool transposed, int64_t ld, int64_t rows, int64_t columns, bool tf32) {
  std::vector<T> packed(rows * columns);
  for (int64_t j = 0; j < columns; j++) {
    for (int64_t i = 0; i < rows; i++) {
      T value = transposed ? x[j + i * ld] : x[i + j * ld];
      packed[i + j * rows] = tf32 ? round_to_tf32(value) : value;
    }
  }
  return packed;
}

// C = alpha op(A) op(B) + beta C, C (m x n), inner dimension k. Sums run in T: partial sums of kChunk terms, added in
// ascending order. beta = 0 does not read C.
template <class T>
void gemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k, T alpha, const T* a, int64_t lda, const T* b,
          int64_t ldb, T beta, T* c, int64_t ldc, bool tf32) {
  constexpr int64_t kChunk = 128, kRows = 64, kColumns = 4;
  std::vector<T> left, right;
  if (alpha != 0) {
    left = pack(a, transpose_a, lda, m, k, tf32);
    right = pack(b, transpose_b, ldb, k, n, tf32);
  }
  for (int64_t j0 = 0; j0 < n; j0 += kColumns) {
    const int64_t columns = std::min(kColumns, n - j0);
    for (int64_t i0 = 0; i0 < m; i0 += kRows) {
      const int64_t rows = std::min(kRows, m - i0);
      T sum[kColumns][kRows] = {};
      for (int64_t p0 = 0; alpha != 0 && p0 < k; p0 += kChunk) {
        T part[kColumns][kRows] = {};
        for (int64_t p = p0; p < std::min(k, p0 + kChunk); p++) {
          const T* column = &left[i0 + p * m];
          for (int64_t j = 0; j < columns; j++) {
            const T factor = right[p + (j0 + j) * k];
            for (int64_t i = 0; i < rows; i++) part[j][i] += column[i] * factor;
          }
        }
        for (int64_t j = 0; j < columns; j++) {
          for (int64_t i = 0; i < rows; i++) sum[j][i] += part[j][i];
        }
      }
      for (int64_t j = 0; j < columns; j++) {
        T* target = c + i0 + (j0 + j) * ldc;
        for (int64_t i = 0; i < rows; i++) {
          T product = alpha != 0 ? alpha * sum[j][i] : T(0);
          target[i] = beta != 0 ? product + beta * target[i] : product;
        }
      }
    }
  }
}

#endif
