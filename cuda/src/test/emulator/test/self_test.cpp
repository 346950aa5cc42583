// Tests of the emulator itself, in the calls that the engine makes.
#include <cstring>

#include "self_test.h"

#include <chrono>

namespace {

CUmodule module_of(const std::string& type) {
  CUmodule module = nullptr;
  std::string cubin = compiled(source_text(), {"--gpu-architecture=sm_90", "-DREAL=" + type, "--std=c++17"});
  check(cuModuleLoadData(&module, cubin.data()) == 0, "module loads");
  return module;
}

void sums_blocks(CUmodule module) {
  const int n = 10007, blocks = 5;
  std::vector<float> x(n), out(blocks);
  double expected = 0;
  for (int i = 0; i < n; i++) expected += x[i] = i % 17;
  for (const char* order : {"ascending", "reverse", "shuffle:7", "ahead", "drift:7"}) {
    emulator_set("EMULATOR_ORDER", order);
    Buffer<float> in(x), result(blocks);
    launch(module, "sum", blocks, 256, 0, in.address, n, result.address);
    out = result.read();
    double total = 0;
    for (float part : out) total += part;
    check(total == expected, std::string("block reduction in order ") + order);
  }
  emulator_set("EMULATOR_ORDER", nullptr);
}

void finds_missing_barrier(CUmodule module) {
  std::vector<float> x(64);
  for (int i = 0; i < 64; i++) x[i] = i;
  for (const char* name : {"neighbour", "neighbour_without_barrier"}) {
    for (const char* order : {"ascending", "reverse", "shuffle:3"}) {
      emulator_set("EMULATOR_ORDER", order);
      Buffer<float> in(x), out(64);
      launch(module, name, 1, 64, 64 * sizeof(float), in.address, out.address);
      bool right = true;
      std::vector<float> y = out.read();
      for (int i = 0; i < 64; i++) right &= y[i] == x[i > 0 ? i - 1 : 0];
      bool expected = std::string(name) == "neighbour" || std::string(order) == "ascending";
      check(right == expected, std::string(name) + " in order " + order);
    }
  }
  emulator_set("EMULATOR_ORDER", "ahead");
  for (const char* name : {"rewritten", "rewritten_without_barrier"}) {
    Buffer<float> out(128);
    launch(module, name, 1, 64, 0, out.address);
    std::vector<float> y = out.read();
    bool right = true;
    for (int i = 0; i < 128; i++) right &= y[i] == (i < 64 ? 2 : 4);
    check(right == (std::string(name) == "rewritten"), std::string(name) + " in order ahead");
  }
  // Every interval has its own course, so that what a missing barrier allows happens sooner or later.
  for (const char* name : {"neighbour", "neighbour_without_barrier", "rewritten", "rewritten_without_barrier"}) {
    int wrong = 0;
    bool pair = name[0] == 'n';
    for (int seed = 0; seed < 40; seed++) {
      emulator_set("EMULATOR_ORDER", ("drift:" + std::to_string(seed)).c_str());
      Buffer<float> in(x), out(pair ? 64 : 128);
      if (pair) {
        launch(module, name, 1, 64, 64 * sizeof(float), in.address, out.address);
      } else {
        launch(module, name, 1, 64, 0, out.address);
      }
      std::vector<float> y = out.read();
      bool right = true;
      for (int i = 0; i < int(y.size()); i++) right &= y[i] == (pair ? x[i > 0 ? i - 1 : 0] : i < 64 ? 2 : 4);
      wrong += !right;
    }
    bool whole = !strstr(name, "without");
    check(whole ? wrong == 0 : wrong > 5, std::string(name) + " while warps drift: wrong " + std::to_string(wrong) + " of 40");
  }
  emulator_set("EMULATOR_ORDER", nullptr);
}

void keeps_modules_apart(CUmodule module) {
  CUmodule other = module_of("double");
  Buffer<double> wide(std::vector<double>(4, 3.0));
  Buffer<float> narrow(std::vector<float>(4, 3.0f));
  launch(other, "scale", 1, 32, 0, wide.address, 2.0, 4ull);
  launch(module, "scale", 1, 32, 0, narrow.address, 2.0f, 4ull);
  check(wide.read()[3] == 7 && narrow.read()[3] == 7, "two modules with the same kernels");
  check(cuModuleUnload(other) == 0, "unload");
}

void votes(CUmodule module) {
  Buffer<int> out(std::vector<int>(65, 0));
  launch(module, "votes", 1, 64, 0, out.address);
  std::vector<int> result = out.read();
  for (int i = 0; i < 64; i++) {
    int expected = 32 + (i >= 32 ? 1000 : 0) + 2000 + 4000 + 8000;
    if (result[i] != expected) return check(false, "votes");
  }
  check(result[64] == 64, "votes and atomics");
}

void captures(CUmodule module) {
  CUstream stream;
  CUgraph graph;
  CUgraphExec executable;
  check(cuStreamCreate(&stream, 1) == 0, "stream");
  Buffer<float> x(std::vector<float>(8, 1.0f));
  CUfunction scale;
  cuModuleGetFunction(&scale, module, "scale");
  float factor = 2;
  unsigned long long n = 8;
  void* arguments[] = {&x.address, &factor, &n};
  check(cuStreamBeginCapture_v2(stream, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL) == 0, "begin of a capture");
  check(cuLaunchKernel(scale, 1, 1, 1, 32, 1, 1, 0, stream, arguments, nullptr) == 0, "captured launch");
  factor = 100;  // must not reach the recorded node
  check(cuMemsetD32Async(x.address, 0x40000000, 1, stream) == 0, "captured fill");
  check(cuStreamEndCapture(stream, &graph) == 0, "end of a capture");
  check(x.read()[0] == 1, "a capture runs nothing");
  size_t count = 0;
  check(cuGraphGetNodes(graph, nullptr, &count) == 0 && count == 2, "two nodes");
  check(cuGraphInstantiateWithFlags(&executable, graph, 0) == 0, "graph becomes executable");
  for (int i = 0; i < 2; i++) check(cuGraphLaunch(executable, stream) == 0, "replay");
  check(x.read() == std::vector<float>({2, 7, 7, 7, 7, 7, 7, 7}), "replay has the recorded arguments");

  CUdeviceptr forbidden;
  cuStreamBeginCapture_v2(stream, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL);
  check(cuMemAlloc_v2(&forbidden, 4) == CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, "no allocation while capturing");
  check(cuLaunchKernel(scale, 1, 1, 1, 32, 1, 1, 0, stream, arguments, nullptr) == CUDA_ERROR_STREAM_CAPTURE_INVALIDATED,
        "the capture is invalid after that");
  check(cuStreamEndCapture(stream, &graph) == CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, "and ends with an error");
  cuStreamBeginCapture_v2(stream, CU_STREAM_CAPTURE_MODE_RELAXED);
  check(cuMemAlloc_v2(&forbidden, 4) == 0 && cuMemFree_v2(forbidden) == 0, "relaxed captures allow it");
  check(cuStreamSynchronize(stream) == CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, "no synchronisation while capturing");
  cuStreamEndCapture(stream, &graph);
}

void checks_launches(CUmodule module) {
  CUfunction scale;
  check(cuModuleGetFunction(&scale, module, "nothing") == CUDA_ERROR_NOT_FOUND, "unknown kernels are not found");
  cuModuleGetFunction(&scale, module, "sum");
  Buffer<float> x(4);
  int n = 4;
  void* arguments[] = {&x.address, &n, &x.address};
  auto status = [&](unsigned grid_y, unsigned block, unsigned shared) {
    return cuLaunchKernel(scale, 1, grid_y, 1, block, 1, 1, shared, nullptr, arguments, nullptr);
  };
  check(status(0, 32, 0) == CUDA_ERROR_INVALID_VALUE, "empty grid");
  check(status(65536, 32, 0) == CUDA_ERROR_INVALID_VALUE, "grid too high");
  check(status(1, 1025, 0) == CUDA_ERROR_INVALID_VALUE, "block too large");
  check(status(1, 512, 0) == CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES, "more threads than the launch bounds");
  check(status(1, 32, 50000) == CUDA_ERROR_INVALID_VALUE, "too much shared memory");
  check(cuFuncSetAttribute(scale, static_cast<CUfunction_attribute>(8), 50000) == 0, "more shared memory is asked for");
  check(status(1, 32, 50000) == 0, "and then allowed");
  emulator_fail("cuLaunchKernel", 719, 1);
  check(status(1, 32, 0) == 0 && status(1, 32, 0) == 719 && status(1, 32, 0) == 719, "planned failures");
  emulator_reset();
  x.again();
}

void defers() {
  CUstream stream;
  cuStreamCreate(&stream, 1);
  Buffer<float> x(std::vector<float>{1.0f});
  emulator_set("EMULATOR_DEFER", "1");
  cuMemsetD32Async(x.address, 0, 1, stream);
  check(*reinterpret_cast<float*>(x.address) == 1, "deferred work waits");
  check(cuStreamSynchronize(stream) == 0 && *reinterpret_cast<float*>(x.address) == 0, "until it is waited for");
  emulator_set("EMULATOR_DEFER", nullptr);
}

void logs(CUmodule module) {
  emulator_log_enabled(1);
  {
    Buffer<float> x(4);
    launch(module, "scale", 2, 32, 16, x.address, 1.0f, 4ull);
  }
  emulator_log_enabled(0);
  std::string expected =
      "cuMemAlloc_v2 16\ncuModuleGetFunction scale\ncuLaunchKernel scale grid 2 1 1 block 32 1 1 shared 16\ncuMemFree_v2\n";
  check(emulator_log() == expected, std::string("log: ") + emulator_log());
  emulator_clear_log();
  check(!*emulator_log(), "empty log");
}

void is_fast(CUmodule module) {
  const unsigned long long n = 1 << 20;
  Buffer<float> x(n);
  auto start = std::chrono::steady_clock::now();
  launch(module, "scale", n / 256, 256, 0, x.address, 2.0f, n);
  std::chrono::duration<double, std::milli> plain = std::chrono::steady_clock::now() - start;
  start = std::chrono::steady_clock::now();
  launch(module, "sum", n / 256, 256, 0, x.address, static_cast<int>(n), x.address);
  std::chrono::duration<double, std::milli> barriers = std::chrono::steady_clock::now() - start;
  start = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; i++) launch(module, "scale", 1, 256, 0, x.address, 2.0f, n);
  std::chrono::duration<double, std::milli> launches = std::chrono::steady_clock::now() - start;
  printf("a launch of one block: %.1f us\n", launches.count());
  printf("2^20 threads: elementwise %.1f ms, block reduction %.1f ms\n", plain.count(), barriers.count());
}

void rejects_sources() {
  std::string log;
  check(compile("KERNEL f(real* x) { x = y; }", {"-DREAL=float"}, nullptr, &log) == 6, "compilation error");
  check(log.find("‘y’") != std::string::npos || log.find("'y'") != std::string::npos, "with a log: " + log.substr(0, 60));
  check(compile("#include \"common.cuh\"\nKERNEL f(real* x) { atomicAdd(x, real(1)); }", {"-DREAL=float"}, nullptr, &log) == 6,
        "no atomics on floats");
  check(compile("", {"--nonsense"}, nullptr, &log) == 5, "unknown option");
  check(compile("", {"--gpu-architecture=sm_33"}, nullptr, &log) == 5, "unknown architecture");
  CUmodule module;
  std::string cubin = compiled("KERNEL f() {}", {"-arch=sm_100", "-DREAL=float"});
  check(cuModuleLoadData(&module, cubin.data()) == CUDA_ERROR_NO_BINARY_FOR_GPU, "code of another device");
  cubin[18] = char(190);  // the machine number of CUDA
  check(cuModuleLoadData(&module, cubin.data()) == CUDA_ERROR_INVALID_IMAGE, "a real cubin");
}

}  // namespace

int main() {
  CUcontext context;
  check(cuInit(0) == 0, "cuInit");
  CUdeviceptr pointer;
  check(cuMemAlloc_v2(&pointer, 4) == CUDA_ERROR_INVALID_CONTEXT, "a context is needed");
  check(cuDevicePrimaryCtxRetain(&context, 0) == 0 && cuCtxSetCurrent(context) == 0, "context");
  check(cuMemAlloc_v2(&pointer, size_t(5) << 30) == CUDA_ERROR_OUT_OF_MEMORY, "memory ends");
  CUmodule module = module_of("float");
  sums_blocks(module);
  finds_missing_barrier(module);
  keeps_modules_apart(module);
  votes(module);
  captures(module);
  checks_launches(module);
  test_faults(module);
  rejects_sources();
  test_products();
  test_convolutions();
  defers();
  logs(module);
  is_fast(module);
  size_t left = emulator_allocations();
  check(left == 0, "everything is freed");
  check(cuModuleUnload(module) == 0 && cuDevicePrimaryCtxRelease_v2(0) == 0, "clean end");
  printf("%d checks, %d failed\n", checks, failures);
  return failures != 0;
}
