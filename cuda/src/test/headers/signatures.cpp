// Compares what org.noisescape.cuda.bind passes to every function, and the constants it uses, with the
// headers of CUDA and cuDNN:
//
//   g++ -std=c++17 -fsyntax-only -isystem INCLUDE cuda/src/test/headers/signatures.cpp
//
// A letter a parameter: p for pointers, handles and 64-bit integers (Java long), i for 32-bit integers
// and enumerations (int), b for bytes, v for nothing; the first letter is the result.
#include <cstddef>
#include <type_traits>

#include <cublas_v2.h>
#include <cuda.h>
#include <cudnn.h>
#include <nvrtc.h>

template <class T>
constexpr char letter() {
  if constexpr (std::is_void_v<T>) return 'v';
  else
    return std::is_pointer_v<T>        ? 'p'
         : std::is_floating_point_v<T> ? (sizeof(T) == 4 ? 'f' : 'd')
         : sizeof(T) == 8              ? 'p'
         : sizeof(T) == 4              ? 'i'
                                       : 'b';
}

template <class R, class... A>
constexpr bool like(R (*)(A...), const char* expected) {
  const char found[] = {letter<R>(), letter<A>()..., 0};
  for (std::size_t i = 0; i <= sizeof...(A) + 1; i++) {
    if (found[i] != expected[i]) {
      return false;
    }
  }
  return true;
}

#define SAME(function, letters) static_assert(like(&function, letters), #function)

// Driver
SAME(cuInit, "ii");
SAME(cuDriverGetVersion, "ip");
SAME(cuDeviceGetCount, "ip");
SAME(cuDeviceGet, "ipi");
SAME(cuDeviceGetName, "ipii");
SAME(cuDeviceGetAttribute, "ipii");
SAME(cuDeviceTotalMem_v2, "ipi");
SAME(cuDevicePrimaryCtxRetain, "ipi");
SAME(cuDevicePrimaryCtxRelease_v2, "ii");
SAME(cuCtxSetCurrent, "ip");
SAME(cuMemGetInfo_v2, "ipp");
SAME(cuMemAlloc_v2, "ipp");
SAME(cuMemFree_v2, "ip");
SAME(cuMemHostAlloc, "ippi");
SAME(cuMemFreeHost, "ip");
SAME(cuMemcpyHtoDAsync_v2, "ipppp");
SAME(cuMemcpyDtoHAsync_v2, "ipppp");
SAME(cuMemcpyDtoDAsync_v2, "ipppp");
SAME(cuMemsetD8Async, "ipbpp");
SAME(cuStreamCreate, "ipi");
SAME(cuStreamDestroy_v2, "ip");
SAME(cuStreamSynchronize, "ip");
SAME(cuStreamBeginCapture_v2, "ipi");
SAME(cuStreamEndCapture, "ipp");
SAME(cuGraphGetNodes, "ippp");
SAME(cuGraphNodeGetType, "ipp");
SAME(cuGraphKernelNodeGetParams_v2, "ipp");
SAME(cuFuncGetName, "ipp");
SAME(cuKernelGetName, "ipp");
SAME(cuGraphInstantiateWithFlags, "ippp");
SAME(cuGraphLaunch, "ipp");
SAME(cuGraphDestroy, "ip");
SAME(cuGraphExecDestroy, "ip");
SAME(cuModuleLoadData, "ipp");
SAME(cuModuleUnload, "ip");
SAME(cuModuleGetFunction, "ippp");
SAME(cuFuncSetAttribute, "ipii");
SAME(cuLaunchKernel, "ipiiiiiiippp");
SAME(cuGetErrorName, "iip");
SAME(cuGetErrorString, "iip");
static_assert(CUDA_ERROR_OUT_OF_MEMORY == 2);
static_assert(CUDA_ERROR_NO_DEVICE == 100);
static_assert(CU_STREAM_CAPTURE_MODE_RELAXED == 2);
static_assert(CU_GRAPH_NODE_TYPE_KERNEL == 0 && CU_GRAPH_NODE_TYPE_MEMCPY == 1);
static_assert(CU_GRAPH_NODE_TYPE_MEMSET == 2);
static_assert(sizeof(CUDA_KERNEL_NODE_PARAMS_v2) == 72);
static_assert(offsetof(CUDA_KERNEL_NODE_PARAMS_v2, kern) == 56);
static_assert(CU_STREAM_NON_BLOCKING == 1);
static_assert(CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES == 8);
static_assert(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR == 75);
static_assert(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR == 76);
static_assert(CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN == 97);

// NVRTC
SAME(nvrtcVersion, "ipp");
SAME(nvrtcGetNumSupportedArchs, "ip");
SAME(nvrtcGetSupportedArchs, "ip");
SAME(nvrtcCreateProgram, "ipppipp");
SAME(nvrtcDestroyProgram, "ip");
SAME(nvrtcCompileProgram, "ipip");
SAME(nvrtcGetProgramLogSize, "ipp");
SAME(nvrtcGetProgramLog, "ipp");
SAME(nvrtcGetCUBINSize, "ipp");
SAME(nvrtcGetCUBIN, "ipp");
SAME(nvrtcGetPTXSize, "ipp");
SAME(nvrtcGetPTX, "ipp");
SAME(nvrtcGetErrorString, "pi");
static_assert(NVRTC_ERROR_COMPILATION == 6);

// cuBLAS
SAME(cublasCreate_v2, "ip");
SAME(cublasDestroy_v2, "ip");
SAME(cublasGetVersion_v2, "ipp");
SAME(cublasSetStream_v2, "ipp");
SAME(cublasSetWorkspace_v2, "ippp");
SAME(cublasSetMathMode, "ipi");
SAME(cublasGetStatusName, "pi");
SAME(cublasSgemmStridedBatched, "ipiiiiippippipppipi");
SAME(cublasDgemmStridedBatched, "ipiiiiippippipppipi");
static_assert(CUBLAS_OP_N == 0 && CUBLAS_OP_T == 1);
static_assert(CUBLAS_DEFAULT_MATH == 0 && CUBLAS_TF32_TENSOR_OP_MATH == 3);

// cuDNN
SAME(cudnnGetVersion, "p");
SAME(cudnnCreate, "ip");
SAME(cudnnDestroy, "ip");
SAME(cudnnSetStream, "ipp");
SAME(cudnnGetErrorString, "pi");
SAME(cudnnGetLastErrorString, "vpp");
SAME(cudnnCreateTensorDescriptor, "ip");
SAME(cudnnDestroyTensorDescriptor, "ip");
SAME(cudnnSetTensor4dDescriptor, "ipiiiiii");
SAME(cudnnCreateFilterDescriptor, "ip");
SAME(cudnnDestroyFilterDescriptor, "ip");
SAME(cudnnSetFilter4dDescriptor, "ipiiiiii");
SAME(cudnnCreateConvolutionDescriptor, "ip");
SAME(cudnnDestroyConvolutionDescriptor, "ip");
SAME(cudnnSetConvolution2dDescriptor, "ipiiiiiiii");
SAME(cudnnSetConvolutionMathType, "ipi");
SAME(cudnnGetConvolution2dForwardOutputDim, "ippppppp");
SAME(cudnnGetConvolutionForwardWorkspaceSize, "ipppppip");
SAME(cudnnGetConvolutionBackwardDataWorkspaceSize, "ipppppip");
SAME(cudnnGetConvolutionBackwardFilterWorkspaceSize, "ipppppip");
SAME(cudnnConvolutionForward, "ipppppppippppp");
SAME(cudnnConvolutionBackwardData, "ipppppppippppp");
SAME(cudnnConvolutionBackwardFilter, "ipppppppippppp");
// which descriptor stands where
static_assert(std::is_same_v<decltype(&cudnnConvolutionBackwardData),
                             cudnnStatus_t (*)(cudnnHandle_t, const void*, cudnnFilterDescriptor_t,
                                               const void*, cudnnTensorDescriptor_t, const void*,
                                               cudnnConvolutionDescriptor_t,
                                               cudnnConvolutionBwdDataAlgo_t, void*, size_t,
                                               const void*, cudnnTensorDescriptor_t, void*)>);
static_assert(std::is_same_v<decltype(&cudnnConvolutionBackwardFilter),
                             cudnnStatus_t (*)(cudnnHandle_t, const void*, cudnnTensorDescriptor_t,
                                               const void*, cudnnTensorDescriptor_t, const void*,
                                               cudnnConvolutionDescriptor_t,
                                               cudnnConvolutionBwdFilterAlgo_t, void*, size_t,
                                               const void*, cudnnFilterDescriptor_t, void*)>);
static_assert(std::is_same_v<decltype(&cudnnSetFilter4dDescriptor),
                             cudnnStatus_t (*)(cudnnFilterDescriptor_t, cudnnDataType_t,
                                               cudnnTensorFormat_t, int, int, int, int)>);
static_assert(std::is_same_v<decltype(&cudnnSetTensor4dDescriptor),
                             cudnnStatus_t (*)(cudnnTensorDescriptor_t, cudnnTensorFormat_t,
                                               cudnnDataType_t, int, int, int, int)>);
static_assert(CUDNN_DATA_FLOAT == 0 && CUDNN_DATA_DOUBLE == 1);
static_assert(CUDNN_TENSOR_NCHW == 0 && CUDNN_TENSOR_NHWC == 1);
static_assert(CUDNN_CROSS_CORRELATION == 1);
static_assert(CUDNN_DEFAULT_MATH == 0 && CUDNN_FMA_MATH == 3);
static_assert(CUDNN_STATUS_BAD_PARAM / 1000 == 2 && CUDNN_STATUS_NOT_SUPPORTED / 1000 == 3);
static_assert(CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_GEMM == 0);
static_assert(CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_PRECOMP_GEMM == 1);
static_assert(CUDNN_CONVOLUTION_FWD_ALGO_WINOGRAD == 6);
static_assert(CUDNN_CONVOLUTION_FWD_ALGO_WINOGRAD_NONFUSED == 7);
static_assert(CUDNN_CONVOLUTION_BWD_DATA_ALGO_1 == 1);
static_assert(CUDNN_CONVOLUTION_BWD_DATA_ALGO_WINOGRAD == 4);
static_assert(CUDNN_CONVOLUTION_BWD_DATA_ALGO_WINOGRAD_NONFUSED == 5);
static_assert(CUDNN_CONVOLUTION_BWD_FILTER_ALGO_1 == 1);
static_assert(CUDNN_CONVOLUTION_BWD_FILTER_ALGO_WINOGRAD_NONFUSED == 5);
SAME(cudnnGetConvolutionForwardAlgorithm_v7, "ipppppipp");
SAME(cudnnGetConvolutionBackwardDataAlgorithm_v7, "ipppppipp");
SAME(cudnnGetConvolutionBackwardFilterAlgorithm_v7, "ipppppipp");
template <class Perf>
constexpr bool ranked =
    sizeof(Perf) == 48 && offsetof(Perf, algo) == 0 && offsetof(Perf, status) == 4 &&
    offsetof(Perf, memory) == 16 && offsetof(Perf, determinism) == 24;
static_assert(ranked<cudnnConvolutionFwdAlgoPerf_t>);
static_assert(ranked<cudnnConvolutionBwdDataAlgoPerf_t>);
static_assert(ranked<cudnnConvolutionBwdFilterAlgoPerf_t>);
static_assert(CUDNN_DETERMINISTIC == 1);
