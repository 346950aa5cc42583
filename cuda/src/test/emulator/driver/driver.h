// State of the emulated driver. Everything here is guarded by one lock: the emulated device runs one thing at a time.
#ifndef EMULATOR_DRIVER_H
#define EMULATOR_DRIVER_H
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "cuda_types.h"
#include "emulation_abi.h"
#include "emulator.h"

std::recursive_mutex& driver_lock();

// Logs the call, then: a planned failure, a sticky error, a missing cuInit, a missing context, or success.
CUresult enter(bool needs_context, const char* call, const char* format, ...);

#define ENTER_(context, ...)                                       \
  std::lock_guard<std::recursive_mutex> guard(driver_lock());      \
  if (CUresult entered = enter(context, __func__, __VA_ARGS__)) return entered
#define ENTER(...) ENTER_(true, __VA_ARGS__)
#define ENTER_DEVICE(...) ENTER_(false, __VA_ARGS__)

const char* setting(const char* name, const char* fallback);
// Whether nothing but copies runs.
bool idle();
// Whether the next call of that name is planned to fail.
bool failure_is_due(const char* call);
// Ends what streams capture, and forgets it.
void end_captures();
void give_back_all();
void set_sticky(CUresult error);
CUresult sticky_error();
bool initialised();
CUcontext current_context();

// An operation on a stream, or a node of a graph.
struct CUgraphNode_st {
  CUgraphNodeType type;
  std::string name;
  std::function<CUresult()> run;
};
typedef std::shared_ptr<CUgraphNode_st> Node;

struct CUgraph_st {
  std::vector<Node> nodes;
};
struct CUgraphExec_st {
  std::vector<Node> nodes;
};

struct CUstream_st {
  unsigned flags = 0;
  CUstreamCaptureStatus capture = CU_STREAM_CAPTURE_STATUS_NONE;
  CUstreamCaptureMode mode = CU_STREAM_CAPTURE_MODE_GLOBAL;
  std::thread::id owner;
  std::unique_ptr<CUgraph_st> graph;
  std::vector<Node> pending;  // with EMULATOR_DEFER=1 only
};

// The stream of a handle, null if there is none.
CUstream find_stream(CUstream handle);
bool is_capturing(CUstream stream);
CUresult enqueue(CUstream handle, CUgraphNodeType type, const std::string& name, std::function<CUresult()> run);
CUresult forbidden_in_capture();
void finish(CUstream stream);
void finish_all();

bool on_device(unsigned long long begin, size_t bytes);
bool is_pinned(const void* begin, size_t bytes);
// "12 bytes behind an allocation of 4096 bytes" or so.
std::string describe_address(unsigned long long address);

struct CUmod_st {
  void* library = nullptr;
  int file = -1;
  EmulationState* state = nullptr;
  EmulationModule* layout = nullptr;
  std::vector<std::unique_ptr<CUfunc_st>> functions;
  bool loaded = true;
  ~CUmod_st();
};

struct CUfunc_st {
  std::string name;
  EmulationKernel* kernel = nullptr;
  CUmodule module = nullptr;
  int maximum_dynamic_shared = 49152;
};

struct Launch {
  const char* name;
  EmulationKernel* kernel;
  EmulationState* state;
  EmulationModule* layout;
  dim3 grid, block;
  unsigned shared;
  void** arguments;
};

// Runs all blocks; an asynchronous error as a real device would report it.
CUresult run_grid(const Launch& launch);

constexpr int kMaximumShared = 232448;
constexpr int kMultiprocessorShared = 233472;
constexpr int kMultiprocessors = 132;

#endif
