// What the self-test declares of the emulated libraries, and its helpers.
#ifndef SELF_TEST_H
#define SELF_TEST_H
#include <cstdio>
#include <string>
#include <vector>

#include "cuda_types.h"
#include "emulator.h"

extern "C" {
CUresult cuInit(unsigned);
CUresult cuDevicePrimaryCtxRetain(CUcontext*, CUdevice);
CUresult cuDevicePrimaryCtxRelease_v2(CUdevice);
CUresult cuCtxSetCurrent(CUcontext);
CUresult cuMemGetInfo_v2(size_t*, size_t*);
CUresult cuMemAlloc_v2(CUdeviceptr*, size_t);
CUresult cuMemFree_v2(CUdeviceptr);
CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr, const void*, size_t, CUstream);
CUresult cuMemcpyDtoHAsync_v2(void*, CUdeviceptr, size_t, CUstream);
CUresult cuMemcpyDtoDAsync_v2(CUdeviceptr, CUdeviceptr, size_t, CUstream);
CUresult cuMemsetD32Async(CUdeviceptr, unsigned, size_t, CUstream);
CUresult cuStreamCreate(CUstream*, unsigned);
CUresult cuStreamSynchronize(CUstream);
CUresult cuStreamBeginCapture_v2(CUstream, CUstreamCaptureMode);
CUresult cuStreamEndCapture(CUstream, CUgraph*);
CUresult cuGraphGetNodes(CUgraph, CUgraphNode*, size_t*);
CUresult cuGraphInstantiateWithFlags(CUgraphExec*, CUgraph, unsigned long long);
CUresult cuGraphLaunch(CUgraphExec, CUstream);
CUresult cuModuleLoadData(CUmodule*, const void*);
CUresult cuModuleUnload(CUmodule);
CUresult cuModuleGetFunction(CUfunction*, CUmodule, const char*);
CUresult cuFuncSetAttribute(CUfunction, CUfunction_attribute, int);
CUresult cuLaunchKernel(CUfunction, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, CUstream, void**,
                        void**);
int nvrtcCreateProgram(void**, const char*, const char*, int, const char* const*, const char* const*);
int nvrtcCompileProgram(void*, int, const char* const*);
int nvrtcDestroyProgram(void**);
int nvrtcGetCUBINSize(void*, size_t*);
int nvrtcGetCUBIN(void*, char*);
int nvrtcGetProgramLogSize(void*, size_t*);
int nvrtcGetProgramLog(void*, char*);
}

inline int checks = 0, failures = 0;

inline void check(bool right, const std::string& claim) {
  checks++;
  if (right) return;
  failures++;
  printf("FAILED: %s\n", claim.c_str());
}

std::string source_text();
// The status of the compilation; the cubin and the log where they are asked for.
int compile(const std::string& source, const std::vector<std::string>& options, std::string* cubin, std::string* log);
std::string compiled(const std::string& source, const std::vector<std::string>& options);
void test_faults(CUmodule module);
void test_products();
void test_convolutions();

template <class T>
struct Buffer {
  CUdeviceptr address = 0;
  size_t count;

  explicit Buffer(size_t n) : count(n) { check(cuMemAlloc_v2(&address, n * sizeof(T)) == 0, "allocation"); }
  explicit Buffer(const std::vector<T>& values) : Buffer(values.size()) {
    check(cuMemcpyHtoDAsync_v2(address, values.data(), count * sizeof(T), nullptr) == 0, "copy to the device");
  }
  Buffer(const Buffer&) = delete;
  ~Buffer() {
    if (address) check(cuMemFree_v2(address) == 0, "free");
  }
  // Memory anew, where a reset after a sticky error has taken it all.
  void again() { check(cuMemAlloc_v2(&address, count * sizeof(T)) == 0, "allocation"); }
  std::vector<T> read() const {
    std::vector<T> values(count);
    check(cuMemcpyDtoHAsync_v2(values.data(), address, count * sizeof(T), nullptr) == 0, "copy from the device");
    return values;
  }
};

template <class... A>
void launch(CUmodule module, const char* name, unsigned grid, unsigned block, unsigned shared, A... values) {
  CUfunction function = nullptr;
  check(cuModuleGetFunction(&function, module, name) == 0, std::string("kernel ") + name);
  void* arguments[] = {&values...};
  check(cuLaunchKernel(function, grid, 1, 1, block, 1, 1, shared, nullptr, arguments, nullptr) == 0,
        std::string("launch of ") + name);
}

#endif
