// Tests of the emulated cuBLAS against plain loops in double precision.
#include <chrono>
#include <cmath>

#include "self_test.h"

extern "C" {
int cublasCreate_v2(void**);
int cublasDestroy_v2(void*);
int cublasSetMathMode(void*, int);
int cublasSgemm_v2(void*, int, int, int, int, int, const float*, const float*, int, const float*, int, const float*, float*, int);
int cublasDgemmStridedBatched(void*, int, int, int, int, int, const double*, const double*, int, long long, const double*, int,
                              long long, const double*, double*, int, long long, int);
}

namespace {

std::vector<double> numbers(size_t n, unsigned seed) {
  std::vector<double> values(n);
  for (auto& value : values) value = ((seed = seed * 1664525u + 1013904223u) >> 8) / double(1 << 23) - 1;
  return values;
}

void batched(void* handle, int op_a, int op_b, int m, int n, int k, double beta) {
  const int batch = 3, lda = (op_a ? k : m) + 2, ldb = (op_b ? n : k) + 1, ldc = m + 3;
  const size_t sa = size_t(lda) * (op_a ? m : k) + 1, sb = size_t(ldb) * (op_b ? k : n) + 1, sc = size_t(ldc) * n;
  std::vector<double> a = numbers(sa * batch, 1), b = numbers(sb * batch, 2), c = numbers(sc * batch, 3);
  // beta = 0 must not read C.
  if (beta == 0) c.assign(c.size(), NAN);
  Buffer<double> da(a), db(b), dc(c);
  const double alpha = 0.75;
  auto at = [](Buffer<double>& buffer) { return reinterpret_cast<double*>(buffer.address); };
  check(cublasDgemmStridedBatched(handle, op_a, op_b, m, n, k, &alpha, at(da), lda, sa, at(db), ldb, sb, &beta, at(dc), ldc, sc,
                                  batch) == 0, "batched product");
  std::vector<double> result = dc.read();
  double worst = 0;
  for (int l = 0; l < batch; l++) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum += a[l * sa + (op_a ? p + i * lda : i + p * lda)] * b[l * sb + (op_b ? j + p * ldb : p + j * ldb)];
        }
        double expected = alpha * sum + (beta == 0 ? 0 : beta * c[l * sc + i + j * ldc]);
        double error = std::fabs(expected - result[l * sc + i + j * ldc]);
        worst = error <= worst ? worst : error;
        if (std::isnan(error)) worst = INFINITY;
      }
    }
  }
  // Two sums of k terms of at most 1 in different orders.
  check(worst <= 4e-16 * (k + 2) * (k + 2), "batched product, worst error " + std::to_string(worst));
}

}  // namespace

void test_products() {
  void* handle;
  check(cublasCreate_v2(&handle) == 0, "cuBLAS");
  for (int op_a : {0, 1}) {
    for (int op_b : {0, 1}) {
      batched(handle, op_a, op_b, 7, 5, 300, 0.5);
      batched(handle, op_a, op_b, 65, 9, 1, 0);
      batched(handle, op_a, op_b, 1, 1, 17, 1);
      batched(handle, op_a, op_b, 3, 2, 0, 0);
    }
  }
  Buffer<float> one(std::vector<float>{1.0f + 1.0f / 4096}), out(1);
  const float alpha = 1, beta = 0;
  auto at = [](Buffer<float>& buffer) { return reinterpret_cast<float*>(buffer.address); };
  auto square = [&] {
    check(cublasSgemm_v2(handle, 0, 0, 1, 1, 1, &alpha, at(one), 1, at(one), 1, &beta, at(out), 1) == 0, "product");
    return out.read()[0];
  };
  check(square() == (1.0f + 1.0f / 4096) * (1.0f + 1.0f / 4096), "float by default");
  check(cublasSetMathMode(handle, 3) == 0 && square() == 1.0f, "TF32 when asked for");
  check(cublasSetMathMode(handle, 0) == 0, "back to float");
  check(cublasSgemm_v2(handle, 0, 0, 2, 1, 1, &alpha, at(one), 1, at(one), 1, &beta, at(out), 2) == 7, "leading dimension");
  const int n = 500;
  Buffer<float> a(std::vector<float>(n * n, 1.0f)), c(n * n);
  auto start = std::chrono::steady_clock::now();
  cublasSgemm_v2(handle, 0, 1, n, n, n, &alpha, at(a), n, at(a), n, &beta, at(c), n);
  std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
  check(c.read()[n * n - 1] == n, "product of ones");
  printf("500 x 500 x 500 in float: %.1f ms\n", time.count());
  check(cublasDestroy_v2(handle) == 0, "end of cuBLAS");
}
