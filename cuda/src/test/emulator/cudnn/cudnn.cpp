// Choice of algorithms, workspaces and convolutions of the cuDNN API.
#include <algorithm>
#include <cstring>
#include <iterator>

#include "cudnn.h"

// The three structures of cuDNN for algorithms differ in the type of `algo` only.
struct AlgorithmPerformance {
  int algo;
  cudnnStatus_t status;
  float time;
  size_t memory;
  int determinism, math;
  int reserved[3];
};
static_assert(sizeof(AlgorithmPerformance) == 48, "as in cuDNN");

namespace {

struct Algorithm {
  int number;
  bool deterministic;
};

// By increasing time. The fastest ones transform (Winograd, FFT) or are not deterministic.
const Algorithm kForward[] = {{7, true}, {6, true}, {5, true}, {1, true}, {0, true}};
const Algorithm kBackwardData[] = {{5, true}, {4, true}, {0, false}, {3, true}, {1, true}};
const Algorithm kBackwardFilter[] = {{5, true}, {0, false}, {3, false}, {4, true}, {1, true}};

template <class F>
void for_algorithms(Pass pass, F f) {
  if (pass == Pass::FORWARD) std::for_each(std::begin(kForward), std::end(kForward), f);
  if (pass == Pass::BACKWARD_DATA) std::for_each(std::begin(kBackwardData), std::end(kBackwardData), f);
  if (pass == Pass::BACKWARD_FILTER) std::for_each(std::begin(kBackwardFilter), std::end(kBackwardFilter), f);
}

const Algorithm* find(Pass pass, int number) {
  const Algorithm* found = nullptr;
  for_algorithms(pass, [&](const Algorithm& algorithm) {
    if (algorithm.number == number) found = &algorithm;
  });
  return found;
}

int output_size(int input, int pad, int filter, int stride) { return 1 + (input + 2 * pad - filter) / stride; }

cudnnStatus_t check(cudnnTensorDescriptor_t x, cudnnFilterDescriptor_t w, cudnnConvolutionDescriptor_t c,
                    cudnnTensorDescriptor_t y) {
  if (!x || !w || !c || !y || !x->n || !w->n || !c->stride_h || !y->n) return CUDNN_STATUS_BAD_PARAM;
  if (x->type != w->type || x->type != y->type || x->type != c->type) return CUDNN_STATUS_BAD_PARAM;
  if (x->n != y->n || x->c != w->c || y->c != w->n) return CUDNN_STATUS_BAD_PARAM;
  if (c->dilation_h != 1 || c->dilation_w != 1 || c->mode != CUDNN_CROSS_CORRELATION) return CUDNN_STATUS_NOT_SUPPORTED;
  if (x->h + 2 * c->pad_h < w->h || x->w + 2 * c->pad_w < w->w) return CUDNN_STATUS_BAD_PARAM;
  if (y->h != output_size(x->h, c->pad_h, w->h, c->stride_h) || y->w != output_size(x->w, c->pad_w, w->w, c->stride_w)) {
    return CUDNN_STATUS_BAD_PARAM;
  }
  // Filters in channels-last order want channels-last tensors.
  if (w->format == CUDNN_TENSOR_NHWC && (x->stride_c != 1 || y->stride_c != 1)) return CUDNN_STATUS_NOT_SUPPORTED;
  return CUDNN_STATUS_SUCCESS;
}

size_t workspace(Pass pass, const Tensor& x, int algorithm) {
  return size_t(256) * (1 + algorithm + int(pass)) + size_t(8) * x.h * x.w * x.n;
}

cudnnStatus_t algorithms(Pass pass, cudnnHandle_t handle, cudnnTensorDescriptor_t x, cudnnFilterDescriptor_t w,
                         cudnnConvolutionDescriptor_t c, cudnnTensorDescriptor_t y, int requested, int* returned,
                         AlgorithmPerformance* results) {
  if (!handle || requested < 1 || !returned || !results) return CUDNN_STATUS_BAD_PARAM;
  if (cudnnStatus_t status = check(x, w, c, y)) return status;
  *returned = 0;
  for_algorithms(pass, [&](const Algorithm& algorithm) {
    if (*returned == requested) return;
    AlgorithmPerformance& result = results[*returned];
    memset(&result, 0, sizeof result);
    result.algo = algorithm.number;
    result.time = -1;
    result.memory = workspace(pass, *x, algorithm.number);
    result.determinism = algorithm.deterministic;
    result.math = c->math;
    ++*returned;
  });
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t workspace_size(Pass pass, cudnnHandle_t handle, cudnnTensorDescriptor_t x, cudnnFilterDescriptor_t w,
                             cudnnConvolutionDescriptor_t c, cudnnTensorDescriptor_t y, int algorithm, size_t* bytes) {
  if (!handle || !bytes) return CUDNN_STATUS_BAD_PARAM;
  if (cudnnStatus_t status = check(x, w, c, y)) return status;
  if (!find(pass, algorithm)) return CUDNN_STATUS_NOT_SUPPORTED;
  *bytes = workspace(pass, *x, algorithm);
  return CUDNN_STATUS_SUCCESS;
}

double scalar(const void* value, int type) {
  return type == CUDNN_DATA_FLOAT ? *static_cast<const float*>(value) : *static_cast<const double*>(value);
}

cudnnStatus_t convolve(Pass pass, const char* name, cudnnHandle_t handle, const void* alpha, cudnnTensorDescriptor_t x,
                       const void* x_data, cudnnFilterDescriptor_t w, const void* w_data, cudnnConvolutionDescriptor_t c,
                       cudnnTensorDescriptor_t y, const void* y_data, int algorithm, void* space, size_t bytes,
                       const void* beta) {
  if (!handle || !alpha || !beta || !x_data || !w_data || !y_data) return CUDNN_STATUS_BAD_PARAM;
  if (cudnnStatus_t status = check(x, w, c, y)) return status;
  const Algorithm* found = find(pass, algorithm);
  if (!found) return CUDNN_STATUS_NOT_SUPPORTED;
  if (!space || bytes < workspace(pass, *x, algorithm) || !emulator_on_device(space, bytes)) return CUDNN_STATUS_BAD_PARAM;
  if (handle->loaded.insert({int(pass), algorithm}).second && emulator_synchronises()) return CUDNN_STATUS_INTERNAL_ERROR;
  static int calls = 0;
  auto* work = new Convolution{pass, *x, *w, *y, *c, scalar(alpha, x->type), scalar(beta, x->type),
                               const_cast<void*>(x_data), const_cast<void*>(w_data), const_cast<void*>(y_data), false};
  if (!found->deterministic) work->reversed = ++calls % 2 != 0;
  int status = emulator_enqueue(
      handle->stream, name, [](void* data) { return run_convolution(*static_cast<Convolution*>(data)); }, work,
      [](void* data) { delete static_cast<Convolution*>(data); });
  return status ? CUDNN_STATUS_EXECUTION_FAILED : CUDNN_STATUS_SUCCESS;
}

}  // namespace

API cudnnGetConvolution2dForwardOutputDim(cudnnConvolutionDescriptor_t c, cudnnTensorDescriptor_t x, cudnnFilterDescriptor_t w,
                                          int* n, int* k, int* height, int* width) {
  PLANNED("");
  if (!c || !x || !w || !n || !k || !height || !width || !x->n || !w->n || !c->stride_h || x->c != w->c) {
    return CUDNN_STATUS_BAD_PARAM;
  }
  *n = x->n;
  *k = w->n;
  *height = output_size(x->h, c->pad_h, c->dilation_h * (w->h - 1) + 1, c->stride_h);
  *width = output_size(x->w, c->pad_w, c->dilation_w * (w->w - 1) + 1, c->stride_w);
  return *height > 0 && *width > 0 ? CUDNN_STATUS_SUCCESS : CUDNN_STATUS_BAD_PARAM;
}

API cudnnGetConvolutionForwardAlgorithm_v7(cudnnHandle_t handle, cudnnTensorDescriptor_t x, cudnnFilterDescriptor_t w,
                                           cudnnConvolutionDescriptor_t c, cudnnTensorDescriptor_t y, int requested,
                                           int* returned, AlgorithmPerformance* results) {
  PLANNED("");
  return algorithms(Pass::FORWARD, handle, x, w, c, y, requested, returned, results);
}

API cudnnGetConvolutionBackwardDataAlgorithm_v7(cudnnHandle_t handle, cudnnFilterDescriptor_t w, cudnnTensorDescriptor_t y,
                                                cudnnConvolutionDescriptor_t c, cudnnTensorDescriptor_t x, int requested,
                                                int* returned, AlgorithmPerformance* results) {
  PLANNED("");
  return algorithms(Pass::BACKWARD_DATA, handle, x, w, c, y, requested, returned, results);
}

API cudnnGetConvolutionBackwardFilterAlgorithm_v7(cudnnHandle_t handle, cudnnTensorDescriptor_t x, cudnnTensorDescriptor_t y,
                                                  cudnnConvolutionDescriptor_t c, cudnnFilterDescriptor_t w, int requested,
                                                  int* returned, AlgorithmPerformance* results) {
  PLANNED("");
  return algorithms(Pass::BACKWARD_FILTER, handle, x, w, c, y, requested, returned, results);
}

API cudnnGetConvolutionForwardWorkspaceSize(cudnnHandle_t handle, cudnnTensorDescriptor_t x, cudnnFilterDescriptor_t w,
                                            cudnnConvolutionDescriptor_t c, cudnnTensorDescriptor_t y, int algorithm,
                                            size_t* bytes) {
  PLANNED("%d", algorithm);
  return workspace_size(Pass::FORWARD, handle, x, w, c, y, algorithm, bytes);
}

API cudnnGetConvolutionBackwardDataWorkspaceSize(cudnnHandle_t handle, cudnnFilterDescriptor_t w, cudnnTensorDescriptor_t y,
                                                 cudnnConvolutionDescriptor_t c, cudnnTensorDescriptor_t x, int algorithm,
                                                 size_t* bytes) {
  PLANNED("%d", algorithm);
  return workspace_size(Pass::BACKWARD_DATA, handle, x, w, c, y, algorithm, bytes);
}

API cudnnGetConvolutionBackwardFilterWorkspaceSize(cudnnHandle_t handle, cudnnTensorDescriptor_t x, cudnnTensorDescriptor_t y,
                                                   cudnnConvolutionDescriptor_t c, cudnnFilterDescriptor_t w, int algorithm,
                                                   size_t* bytes) {
  PLANNED("%d", algorithm);
  return workspace_size(Pass::BACKWARD_FILTER, handle, x, w, c, y, algorithm, bytes);
}

API cudnnConvolutionForward(cudnnHandle_t handle, const void* alpha, cudnnTensorDescriptor_t x, const void* x_data,
                            cudnnFilterDescriptor_t w, const void* w_data, cudnnConvolutionDescriptor_t c, int algorithm,
                            void* space, size_t bytes, const void* beta, cudnnTensorDescriptor_t y, void* y_data) {
  PLANNED("%d", algorithm);
  return convolve(Pass::FORWARD, __func__, handle, alpha, x, x_data, w, w_data, c, y, y_data, algorithm, space, bytes, beta);
}

API cudnnConvolutionBackwardData(cudnnHandle_t handle, const void* alpha, cudnnFilterDescriptor_t w, const void* w_data,
                                 cudnnTensorDescriptor_t y, const void* y_data, cudnnConvolutionDescriptor_t c, int algorithm,
                                 void* space, size_t bytes, const void* beta, cudnnTensorDescriptor_t x, void* x_data) {
  PLANNED("%d", algorithm);
  return convolve(Pass::BACKWARD_DATA, __func__, handle, alpha, x, x_data, w, w_data, c, y, y_data, algorithm, space, bytes,
                  beta);
}

API cudnnConvolutionBackwardFilter(cudnnHandle_t handle, const void* alpha, cudnnTensorDescriptor_t x, const void* x_data,
                                   cudnnTensorDescriptor_t y, const void* y_data, cudnnConvolutionDescriptor_t c, int algorithm,
                                   void* space, size_t bytes, const void* beta, cudnnFilterDescriptor_t w, void* w_data) {
  PLANNED("%d", algorithm);
  return convolve(Pass::BACKWARD_FILTER, __func__, handle, alpha, x, x_data, w, w_data, c, y, y_data, algorithm, space, bytes,
                  beta);
}
