// Handles of the cuDNN API.
#ifndef EMULATOR_CUDNN_H
#define EMULATOR_CUDNN_H
#include <set>
#include <utility>

#include "convolution.h"
#include "emulator.h"

struct cudnnContext {
  void* stream = nullptr;
  // Kernels that have been loaded: pass, algorithm.
  std::set<std::pair<int, int>> loaded;
};
struct cudnnTensorStruct : Tensor {};
struct cudnnFilterStruct : Tensor {
  int format = 0;
};
struct cudnnConvolutionStruct : Geometry {};
typedef cudnnContext* cudnnHandle_t;
typedef cudnnTensorStruct* cudnnTensorDescriptor_t;
typedef cudnnFilterStruct* cudnnFilterDescriptor_t;
typedef cudnnConvolutionStruct* cudnnConvolutionDescriptor_t;

#define API EMULATOR_EXPORT cudnnStatus_t
#define PLANNED(...) \
  if (int planned = emulator_enter(__func__, __VA_ARGS__)) return static_cast<cudnnStatus_t>(planned)

#endif
