// Descriptors and convolutions behind the cuDNN API.
#ifndef EMULATOR_CONVOLUTION_H
#define EMULATOR_CONVOLUTION_H
#include <cstddef>
#include <cstdint>

enum cudnnStatus_t {
  CUDNN_STATUS_SUCCESS = 0,
  CUDNN_STATUS_NOT_INITIALIZED = 1001,
  CUDNN_STATUS_BAD_PARAM = 2000,
  CUDNN_STATUS_NOT_SUPPORTED = 3000,
  CUDNN_STATUS_INTERNAL_ERROR = 4000,
  CUDNN_STATUS_EXECUTION_FAILED = 5000
};
enum { CUDNN_DATA_FLOAT = 0, CUDNN_DATA_DOUBLE = 1 };
enum { CUDNN_TENSOR_NCHW = 0, CUDNN_TENSOR_NHWC = 1 };
enum { CUDNN_CONVOLUTION = 0, CUDNN_CROSS_CORRELATION = 1 };
enum { CUDNN_DEFAULT_MATH = 0, CUDNN_TENSOR_OP_MATH = 1, CUDNN_TENSOR_OP_MATH_ALLOW_CONVERSION = 2, CUDNN_FMA_MATH = 3 };

// A tensor (n, c, h, w) with strides, or a filter (k, c, r, s) likewise; n = 0 before it is set.
struct Tensor {
  int type = 0, n = 0, c = 0, h = 0, w = 0;
  int64_t stride_n = 0, stride_c = 0, stride_h = 0, stride_w = 0;

  int64_t at(int64_t i, int64_t channel, int64_t row, int64_t column) const {
    return i * stride_n + channel * stride_c + row * stride_h + column * stride_w;
  }
  // Elements from the first to the last one.
  int64_t extent() const { return at(n - 1, c - 1, h - 1, w - 1) + 1; }
  // Strides without gaps in the order of format.
  void pack(int format) {
    bool last = format == CUDNN_TENSOR_NHWC;
    stride_c = last ? 1 : int64_t(h) * w;
    stride_w = last ? c : 1;
    stride_h = stride_w * w;
    stride_n = int64_t(c) * h * w;
  }
};

struct Geometry {
  int pad_h = 0, pad_w = 0, stride_h = 0, stride_w = 0, dilation_h = 1, dilation_w = 1;
  int mode = CUDNN_CROSS_CORRELATION, type = 0, math = CUDNN_DEFAULT_MATH;
};

enum class Pass { FORWARD, BACKWARD_DATA, BACKWARD_FILTER };

// Everything about one convolution: x (input or its gradient), w, y (output or its gradient).
struct Convolution {
  Pass pass;
  Tensor x, w, y;
  Geometry geometry;
  double alpha, beta;
  void *x_data, *w_data, *y_data;
  // Sums of an algorithm that is not deterministic run in another order every second time.
  bool reversed;
};

// A CUresult.
int run_convolution(const Convolution& convolution);

#endif
