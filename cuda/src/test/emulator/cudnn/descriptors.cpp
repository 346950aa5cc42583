// Handles and descriptors of the cuDNN API.
#include <cstdio>

#include "cudnn.h"

namespace {

template <class T>
cudnnStatus_t create(T** descriptor) {
  if (!descriptor) return CUDNN_STATUS_BAD_PARAM;
  *descriptor = new T;
  return CUDNN_STATUS_SUCCESS;
}

template <class T>
cudnnStatus_t destroy(T* descriptor) {
  delete descriptor;
  return CUDNN_STATUS_SUCCESS;
}

bool valid(int type, int n, int c, int h, int w) {
  return (type == CUDNN_DATA_FLOAT || type == CUDNN_DATA_DOUBLE) && n > 0 && c > 0 && h > 0 && w > 0;
}

void set(Tensor* tensor, int type, int n, int c, int h, int w) {
  tensor->type = type;
  tensor->n = n;
  tensor->c = c;
  tensor->h = h;
  tensor->w = w;
}

}  // namespace

EMULATOR_EXPORT size_t cudnnGetVersion() { return 91000; }

EMULATOR_EXPORT const char* cudnnGetErrorString(cudnnStatus_t status) {
  switch (status) {
    case CUDNN_STATUS_SUCCESS: return "CUDNN_STATUS_SUCCESS";
    case CUDNN_STATUS_NOT_INITIALIZED: return "CUDNN_STATUS_NOT_INITIALIZED";
    case CUDNN_STATUS_BAD_PARAM: return "CUDNN_STATUS_BAD_PARAM";
    case CUDNN_STATUS_NOT_SUPPORTED: return "CUDNN_STATUS_NOT_SUPPORTED";
    case CUDNN_STATUS_INTERNAL_ERROR: return "CUDNN_STATUS_INTERNAL_ERROR";
    case CUDNN_STATUS_EXECUTION_FAILED: return "CUDNN_STATUS_EXECUTION_FAILED";
  }
  return "CUDNN_UNKNOWN_STATUS";
}

EMULATOR_EXPORT void cudnnGetLastErrorString(char* message, size_t size) {
  if (message && size) snprintf(message, size, "emulated cuDNN keeps no message");
}

API cudnnCreate(cudnnHandle_t* handle) {
  PLANNED("");
  if (emulator_forbidden_in_capture()) return CUDNN_STATUS_INTERNAL_ERROR;
  return create(handle);
}

API cudnnDestroy(cudnnHandle_t handle) {
  PLANNED("");
  return destroy(handle);
}

API cudnnSetStream(cudnnHandle_t handle, void* stream) {
  PLANNED("");
  if (!handle) return CUDNN_STATUS_BAD_PARAM;
  handle->stream = stream;
  return CUDNN_STATUS_SUCCESS;
}

API cudnnCreateTensorDescriptor(cudnnTensorDescriptor_t* descriptor) {
  PLANNED("");
  return create(descriptor);
}

API cudnnDestroyTensorDescriptor(cudnnTensorDescriptor_t descriptor) {
  PLANNED("");
  return destroy(descriptor);
}

API cudnnSetTensor4dDescriptor(cudnnTensorDescriptor_t descriptor, int format, int type, int n, int c, int h, int w) {
  PLANNED("%d %d %d %d %d %d", format, type, n, c, h, w);
  if (!descriptor || !valid(type, n, c, h, w) || format < 0 || format > 2) return CUDNN_STATUS_BAD_PARAM;
  if (format > CUDNN_TENSOR_NHWC) return CUDNN_STATUS_NOT_SUPPORTED;
  set(descriptor, type, n, c, h, w);
  descriptor->pack(format);
  return CUDNN_STATUS_SUCCESS;
}

API cudnnSetTensor4dDescriptorEx(cudnnTensorDescriptor_t descriptor, int type, int n, int c, int h, int w, int stride_n,
                                 int stride_c, int stride_h, int stride_w) {
  PLANNED("%d %d %d %d %d strides %d %d %d %d", type, n, c, h, w, stride_n, stride_c, stride_h, stride_w);
  if (!descriptor || !valid(type, n, c, h, w)) return CUDNN_STATUS_BAD_PARAM;
  if (stride_n <= 0 || stride_c <= 0 || stride_h <= 0 || stride_w <= 0) return CUDNN_STATUS_NOT_SUPPORTED;
  set(descriptor, type, n, c, h, w);
  descriptor->stride_n = stride_n;
  descriptor->stride_c = stride_c;
  descriptor->stride_h = stride_h;
  descriptor->stride_w = stride_w;
  return CUDNN_STATUS_SUCCESS;
}

API cudnnCreateFilterDescriptor(cudnnFilterDescriptor_t* descriptor) {
  PLANNED("");
  return create(descriptor);
}

API cudnnDestroyFilterDescriptor(cudnnFilterDescriptor_t descriptor) {
  PLANNED("");
  return destroy(descriptor);
}

API cudnnSetFilter4dDescriptor(cudnnFilterDescriptor_t descriptor, int type, int format, int k, int c, int h, int w) {
  PLANNED("%d %d %d %d %d %d", type, format, k, c, h, w);
  if (!descriptor || !valid(type, k, c, h, w) || format < 0 || format > 2) return CUDNN_STATUS_BAD_PARAM;
  if (format > CUDNN_TENSOR_NHWC) return CUDNN_STATUS_NOT_SUPPORTED;
  set(descriptor, type, k, c, h, w);
  descriptor->pack(format);
  descriptor->format = format;
  return CUDNN_STATUS_SUCCESS;
}

API cudnnCreateConvolutionDescriptor(cudnnConvolutionDescriptor_t* descriptor) {
  PLANNED("");
  return create(descriptor);
}

API cudnnDestroyConvolutionDescriptor(cudnnConvolutionDescriptor_t descriptor) {
  PLANNED("");
  return destroy(descriptor);
}

API cudnnSetConvolution2dDescriptor(cudnnConvolutionDescriptor_t descriptor, int pad_h, int pad_w, int stride_h, int stride_w,
                                    int dilation_h, int dilation_w, int mode, int type) {
  PLANNED("pad %d %d stride %d %d dilation %d %d mode %d type %d", pad_h, pad_w, stride_h, stride_w, dilation_h, dilation_w,
          mode, type);
  if (!descriptor || pad_h < 0 || pad_w < 0 || stride_h <= 0 || stride_w <= 0 || dilation_h <= 0 || dilation_w <= 0 ||
      mode < 0 || mode > 1 || type < 0) {
    return CUDNN_STATUS_BAD_PARAM;
  }
  int math = descriptor->math;
  static_cast<Geometry&>(*descriptor) = {pad_h, pad_w, stride_h, stride_w, dilation_h, dilation_w, mode, type, math};
  return CUDNN_STATUS_SUCCESS;
}

API cudnnSetConvolutionMathType(cudnnConvolutionDescriptor_t descriptor, int math) {
  PLANNED("%d", math);
  if (!descriptor || math < 0 || math > CUDNN_FMA_MATH) return CUDNN_STATUS_BAD_PARAM;
  descriptor->math = math;
  return CUDNN_STATUS_SUCCESS;
}
