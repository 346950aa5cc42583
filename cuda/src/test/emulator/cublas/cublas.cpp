// The cuBLAS API as far as it is used here.
#include <mutex>
#include <set>
#include <string>

#include "emulator.h"
#include "gemm.h"

enum cublasStatus_t {
  CUBLAS_STATUS_SUCCESS = 0,
  CUBLAS_STATUS_NOT_INITIALIZED = 1,
  CUBLAS_STATUS_ALLOC_FAILED = 3,
  CUBLAS_STATUS_INVALID_VALUE = 7,
  CUBLAS_STATUS_ARCH_MISMATCH = 8,
  CUBLAS_STATUS_MAPPING_ERROR = 11,
  CUBLAS_STATUS_EXECUTION_FAILED = 13,
  CUBLAS_STATUS_INTERNAL_ERROR = 14,
  CUBLAS_STATUS_NOT_SUPPORTED = 15,
  CUBLAS_STATUS_LICENSE_ERROR = 16
};
enum cublasOperation_t { CUBLAS_OP_N = 0, CUBLAS_OP_T = 1, CUBLAS_OP_C = 2 };
enum cublasMath_t { CUBLAS_DEFAULT_MATH = 0, CUBLAS_PEDANTIC_MATH = 2, CUBLAS_TF32_TENSOR_OP_MATH = 3 };
enum cublasPointerMode_t { CUBLAS_POINTER_MODE_HOST = 0, CUBLAS_POINTER_MODE_DEVICE = 1 };

struct cublasContext {
  void* stream = nullptr;
  int math = CUBLAS_DEFAULT_MATH;
  int pointer_mode = CUBLAS_POINTER_MODE_HOST;
  // Kernels that have been loaded.
  std::set<std::string> loaded;
};
typedef cublasContext* cublasHandle_t;

namespace {

constexpr int kIllegalAddress = 700;

std::mutex lock;
std::set<cublasHandle_t> handles;

bool known(cublasHandle_t handle) {
  std::lock_guard<std::mutex> guard(lock);
  return handles.count(handle) != 0;
}

struct Text {
  cublasStatus_t status;
  const char *name, *sentence;
};

const Text kTexts[] = {
    {CUBLAS_STATUS_SUCCESS, "CUBLAS_STATUS_SUCCESS", "the operation completed successfully"},
    {CUBLAS_STATUS_NOT_INITIALIZED, "CUBLAS_STATUS_NOT_INITIALIZED", "the library was not initialized"},
    {CUBLAS_STATUS_ALLOC_FAILED, "CUBLAS_STATUS_ALLOC_FAILED", "the resource allocation failed"},
    {CUBLAS_STATUS_INVALID_VALUE, "CUBLAS_STATUS_INVALID_VALUE", "an invalid value was used as an argument"},
    {CUBLAS_STATUS_ARCH_MISMATCH, "CUBLAS_STATUS_ARCH_MISMATCH", "an absent device architectural feature is required"},
    {CUBLAS_STATUS_MAPPING_ERROR, "CUBLAS_STATUS_MAPPING_ERROR", "an access to GPU memory space failed"},
    {CUBLAS_STATUS_EXECUTION_FAILED, "CUBLAS_STATUS_EXECUTION_FAILED", "the function failed to launch on the GPU"},
    {CUBLAS_STATUS_INTERNAL_ERROR, "CUBLAS_STATUS_INTERNAL_ERROR", "an internal operation failed"},
    {CUBLAS_STATUS_NOT_SUPPORTED, "CUBLAS_STATUS_NOT_SUPPORTED", "the requested functionality is not supported"},
    {CUBLAS_STATUS_LICENSE_ERROR, "CUBLAS_STATUS_LICENSE_ERROR", "the requested functionality requires a license"}};

template <class T>
struct Product {
  bool transpose_a, transpose_b, tf32, scalars_on_device;
  int64_t m, n, k, lda, ldb, ldc, stride_a, stride_b, stride_c, batch;
  const T *alpha, *beta;
  T alpha_value, beta_value;
  const T *a, *b;
  T* c;
};

int64_t extent(int64_t rows, int64_t columns, int64_t ld) { return rows && columns ? (columns - 1) * ld + rows : 0; }

template <class T>
bool on_device(const T* matrix, int64_t elements) {
  return elements == 0 || emulator_on_device(matrix, elements * sizeof(T));
}

template <class T>
int run(void* data) {
  auto& p = *static_cast<Product<T>*>(data);
  if (p.scalars_on_device && (!on_device(p.alpha, 1) || !on_device(p.beta, 1))) return kIllegalAddress;
  T alpha = p.scalars_on_device ? *p.alpha : p.alpha_value, beta = p.scalars_on_device ? *p.beta : p.beta_value;
  for (int64_t i = 0; i < p.batch; i++) {
    const T *a = p.a + i * p.stride_a, *b = p.b + i * p.stride_b;
    T* c = p.c + i * p.stride_c;
    int64_t elements_a = p.transpose_a ? extent(p.k, p.m, p.lda) : extent(p.m, p.k, p.lda);
    int64_t elements_b = p.transpose_b ? extent(p.n, p.k, p.ldb) : extent(p.k, p.n, p.ldb);
    if ((alpha != 0 && (!on_device(a, elements_a) || !on_device(b, elements_b))) ||
        !on_device(c, extent(p.m, p.n, p.ldc))) {
      return kIllegalAddress;
    }
    gemm(p.transpose_a, p.transpose_b, p.m, p.n, p.k, alpha, a, p.lda, b, p.ldb, beta, c, p.ldc, p.tf32);
  }
  return 0;
}

template <class T>
cublasStatus_t enqueue(cublasHandle_t handle, const char* name, cublasOperation_t op_a, cublasOperation_t op_b, int m, int n,
                       int k, const T* alpha, const T* a, int lda, long long stride_a, const T* b, int ldb, long long stride_b,
                       const T* beta, T* c, int ldc, long long stride_c, int batch) {
  if (!known(handle)) return CUBLAS_STATUS_NOT_INITIALIZED;
  if (op_a < 0 || op_a > 2 || op_b < 0 || op_b > 2 || m < 0 || n < 0 || k < 0 || batch < 0) return CUBLAS_STATUS_INVALID_VALUE;
  bool ta = op_a != CUBLAS_OP_N, tb = op_b != CUBLAS_OP_N;
  if (lda < std::max(1, ta ? k : m) || ldb < std::max(1, tb ? n : k) || ldc < std::max(1, m) || !alpha || !beta) {
    return CUBLAS_STATUS_INVALID_VALUE;
  }
  if (batch > 1 && stride_c < extent(m, n, ldc) && m && n) return CUBLAS_STATUS_INVALID_VALUE;
  if (m == 0 || n == 0 || batch == 0) return CUBLAS_STATUS_SUCCESS;
  if (!c || (k && (!a || !b))) return CUBLAS_STATUS_INVALID_VALUE;
  if (handle->loaded.insert(std::string(name) + char('0' + ta) + char('0' + tb)).second && emulator_synchronises()) {
    return CUBLAS_STATUS_INTERNAL_ERROR;
  }
  bool device = handle->pointer_mode == CUBLAS_POINTER_MODE_DEVICE;
  auto* p = new Product<T>{ta, tb, handle->math == CUBLAS_TF32_TENSOR_OP_MATH, device, m, n, k, lda, ldb, ldc,
                           stride_a, stride_b, stride_c, batch, alpha, beta, device ? T(0) : *alpha,
                           device ? T(0) : *beta, a, b, c};
  int status = emulator_enqueue(handle->stream, name, run<T>, p, [](void* data) { delete static_cast<Product<T>*>(data); });
  return status ? CUBLAS_STATUS_EXECUTION_FAILED : CUBLAS_STATUS_SUCCESS;
}

const Text* text_of(cublasStatus_t status) {
  for (auto& text : kTexts) {
    if (text.status == status) return &text;
  }
  return nullptr;
}

char letter(cublasOperation_t op) { return op == CUBLAS_OP_N ? 'N' : op == CUBLAS_OP_T ? 'T' : 'C'; }

}  // namespace

#define PLANNED(...) \
  if (int planned = emulator_enter(__func__, __VA_ARGS__)) return static_cast<cublasStatus_t>(planned)
#define API EMULATOR_EXPORT cublasStatus_t

EMULATOR_EXPORT const char* cublasGetStatusName(cublasStatus_t status) {
  const Text* text = text_of(status);
  return text ? text->name : "CUBLAS_STATUS unknown";
}

EMULATOR_EXPORT const char* cublasGetStatusString(cublasStatus_t status) {
  const Text* text = text_of(status);
  return text ? text->sentence : "unknown";
}

API cublasCreate_v2(cublasHandle_t* handle) {
  PLANNED("");
  if (!handle) return CUBLAS_STATUS_INVALID_VALUE;
  if (emulator_forbidden_in_capture()) return CUBLAS_STATUS_ALLOC_FAILED;
  std::lock_guard<std::mutex> guard(lock);
  handles.insert(*handle = new cublasContext);
  return CUBLAS_STATUS_SUCCESS;
}

API cublasDestroy_v2(cublasHandle_t handle) {
  PLANNED("");
  std::lock_guard<std::mutex> guard(lock);
  if (!handles.erase(handle)) return CUBLAS_STATUS_NOT_INITIALIZED;
  delete handle;
  return CUBLAS_STATUS_SUCCESS;
}

API cublasSetStream_v2(cublasHandle_t handle, void* stream) {
  PLANNED("");
  if (!known(handle)) return CUBLAS_STATUS_NOT_INITIALIZED;
  handle->stream = stream;
  return CUBLAS_STATUS_SUCCESS;
}

API cublasSetWorkspace_v2(cublasHandle_t handle, void* workspace, size_t bytes) {
  PLANNED("%zu", bytes);
  if (!known(handle)) return CUBLAS_STATUS_NOT_INITIALIZED;
  if (reinterpret_cast<uintptr_t>(workspace) % 256) return CUBLAS_STATUS_INVALID_VALUE;
  if (bytes && workspace && !emulator_on_device(workspace, bytes)) return CUBLAS_STATUS_INVALID_VALUE;
  return CUBLAS_STATUS_SUCCESS;
}

API cublasSetMathMode(cublasHandle_t handle, int mode) {
  PLANNED("%d", mode);
  if (!known(handle)) return CUBLAS_STATUS_NOT_INITIALIZED;
  // The low bits name the mode, higher ones only forbid reduced precision of sums.
  if (mode < 0 || (mode & 15) > 3) return CUBLAS_STATUS_INVALID_VALUE;
  handle->math = mode & 15;
  return CUBLAS_STATUS_SUCCESS;
}

API cublasSetPointerMode_v2(cublasHandle_t handle, int mode) {
  PLANNED("%d", mode);
  if (!known(handle)) return CUBLAS_STATUS_NOT_INITIALIZED;
  if (mode != CUBLAS_POINTER_MODE_HOST && mode != CUBLAS_POINTER_MODE_DEVICE) return CUBLAS_STATUS_INVALID_VALUE;
  handle->pointer_mode = mode;
  return CUBLAS_STATUS_SUCCESS;
}

API cublasGetVersion_v2(cublasHandle_t handle, int* version) {
  PLANNED("");
  if (!version) return CUBLAS_STATUS_INVALID_VALUE;
  *version = 120900;
  return CUBLAS_STATUS_SUCCESS;
}

#define GEMM(name, T)                                                                                                       \
  API name##_v2(cublasHandle_t handle, cublasOperation_t op_a, cublasOperation_t op_b, int m, int n, int k, const T* alpha, \
                const T* a, int lda, const T* b, int ldb, const T* beta, T* c, int ldc) {                                   \
    PLANNED("%c %c %d %d %d", letter(op_a), letter(op_b), m, n, k);                                                         \
    return enqueue(handle, __func__, op_a, op_b, m, n, k, alpha, a, lda, 0, b, ldb, 0, beta, c, ldc, 0, 1);                 \
  }                                                                                                                         \
  API name##StridedBatched(cublasHandle_t handle, cublasOperation_t op_a, cublasOperation_t op_b, int m, int n, int k,      \
                           const T* alpha, const T* a, int lda, long long stride_a, const T* b, int ldb,                    \
                           long long stride_b, const T* beta, T* c, int ldc, long long stride_c, int batch) {               \
    PLANNED("%c %c %d %d %d batch %d", letter(op_a), letter(op_b), m, n, k, batch);                                         \
    return enqueue(handle, __func__, op_a, op_b, m, n, k, alpha, a, lda, stride_a, b, ldb, stride_b, beta, c, ldc,          \
                   stride_c, batch);                                                                                        \
  }
GEMM(cublasSgemm, float)
GEMM(cublasDgemm, double)
