// Streams and their capture.
#include <set>

#include "driver.h"

namespace {

constexpr unsigned kNonBlocking = 1;

std::set<CUstream> streams;
CUstream_st default_stream;

bool deferring() { return *setting("EMULATOR_DEFER", "0") == '1'; }

CUresult perform(const Node& node) {
  if (idle() && node->type != CU_GRAPH_NODE_TYPE_MEMCPY) return CUDA_SUCCESS;
  CUresult error = node->run();
  if (error) set_sticky(error);
  return error;
}

}  // namespace

bool idle() { return *setting("EMULATOR_IDLE", "0") == '1'; }

CUstream find_stream(CUstream handle) {
  // 0, and the special handles of the legacy and the per-thread default stream.
  if (reinterpret_cast<size_t>(handle) <= 2) return &default_stream;
  return streams.count(handle) ? handle : nullptr;
}

bool is_capturing(CUstream stream) { return stream->capture != CU_STREAM_CAPTURE_STATUS_NONE; }

void finish(CUstream stream) {
  std::vector<Node> work;
  work.swap(stream->pending);
  for (auto& node : work) perform(node);
}

void finish_all() {
  finish(&default_stream);
  for (CUstream stream : streams) finish(stream);
}

CUresult forbidden_in_capture() {
  CUresult result = CUDA_SUCCESS;
  for (CUstream stream : streams) {
    if (!is_capturing(stream) || stream->mode == CU_STREAM_CAPTURE_MODE_RELAXED) continue;
    if (stream->mode == CU_STREAM_CAPTURE_MODE_THREAD_LOCAL && stream->owner != std::this_thread::get_id()) continue;
    stream->capture = CU_STREAM_CAPTURE_STATUS_INVALIDATED;
    result = CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
  }
  return result;
}

// Synchronising a stream that captures spoils the capture in every mode.
int emulator_synchronises() {
  std::lock_guard<std::recursive_mutex> guard(driver_lock());
  CUresult result = CUDA_SUCCESS;
  for (CUstream stream : streams) {
    if (!is_capturing(stream)) continue;
    stream->capture = CU_STREAM_CAPTURE_STATUS_INVALIDATED;
    result = CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
  }
  return result;
}

int emulator_forbidden_in_capture() {
  std::lock_guard<std::recursive_mutex> guard(driver_lock());
  return forbidden_in_capture();
}

CUresult enqueue(CUstream handle, CUgraphNodeType type, const std::string& name, std::function<CUresult()> run) {
  CUstream stream = find_stream(handle);
  if (!stream) return CUDA_ERROR_INVALID_HANDLE;
  if (stream == &default_stream) {
    // The default stream waits for every blocking stream.
    for (CUstream other : streams) {
      if (other->flags & kNonBlocking) continue;
      if (is_capturing(other)) {
        other->capture = CU_STREAM_CAPTURE_STATUS_INVALIDATED;
        return CUDA_ERROR_STREAM_CAPTURE_IMPLICIT;
      }
      finish(other);
    }
  }
  Node node = std::make_shared<CUgraphNode_st>(CUgraphNode_st{type, name, std::move(run)});
  if (stream->capture == CU_STREAM_CAPTURE_STATUS_INVALIDATED) return CUDA_ERROR_STREAM_CAPTURE_INVALIDATED;
  if (is_capturing(stream)) {
    stream->graph->nodes.push_back(node);
  } else if (deferring()) {
    stream->pending.push_back(node);
  } else {
    finish(stream);
    perform(node);
  }
  return CUDA_SUCCESS;
}

int emulator_enqueue(void* stream, const char* name, int (*run)(void*), void* data, void (*release)(void*)) {
  std::lock_guard<std::recursive_mutex> guard(driver_lock());
  std::shared_ptr<void> owned(data, [release](void* pointer) {
    if (release) release(pointer);
  });
  if (CUresult sticky = sticky_error()) return sticky;
  return enqueue(static_cast<CUstream>(stream), CU_GRAPH_NODE_TYPE_KERNEL, name,
                 [owned, run] { return static_cast<CUresult>(run(owned.get())); });
}

EMULATOR_EXPORT CUresult cuStreamCreate(CUstream* stream, unsigned flags) {
  ENTER("%u", flags);
  if (!stream || flags > kNonBlocking) return CUDA_ERROR_INVALID_VALUE;
  *stream = new CUstream_st;
  (*stream)->flags = flags;
  streams.insert(*stream);
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuStreamDestroy_v2(CUstream stream) {
  ENTER("");
  if (!streams.count(stream)) return CUDA_ERROR_INVALID_HANDLE;
  finish(stream);
  streams.erase(stream);
  delete stream;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuStreamSynchronize(CUstream handle) {
  ENTER("");
  CUstream stream = find_stream(handle);
  if (!stream) return CUDA_ERROR_INVALID_HANDLE;
  if (is_capturing(stream)) {
    bool active = stream->capture == CU_STREAM_CAPTURE_STATUS_ACTIVE;
    stream->capture = CU_STREAM_CAPTURE_STATUS_INVALIDATED;
    return active ? CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED : CUDA_ERROR_STREAM_CAPTURE_INVALIDATED;
  }
  if (stream == &default_stream) {
    if (CUresult forbidden = forbidden_in_capture()) return forbidden;
    finish_all();
  }
  finish(stream);
  return sticky_error();
}

EMULATOR_EXPORT CUresult cuStreamBeginCapture_v2(CUstream handle, CUstreamCaptureMode mode) {
  ENTER("%d", static_cast<int>(mode));
  CUstream stream = find_stream(handle);
  if (!stream) return CUDA_ERROR_INVALID_HANDLE;
  if (stream == &default_stream) return CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
  if (static_cast<unsigned>(mode) > 2) return CUDA_ERROR_INVALID_VALUE;
  if (is_capturing(stream)) return CUDA_ERROR_ILLEGAL_STATE;
  stream->capture = CU_STREAM_CAPTURE_STATUS_ACTIVE;
  stream->mode = mode;
  stream->owner = std::this_thread::get_id();
  stream->graph = std::make_unique<CUgraph_st>();
  return CUDA_SUCCESS;
}

CUgraph register_graph(std::unique_ptr<CUgraph_st> graph);

void end_captures() {
  for (CUstream stream : streams) {
    stream->capture = CU_STREAM_CAPTURE_STATUS_NONE;
    stream->graph.reset();
  }
}

EMULATOR_EXPORT CUresult cuStreamEndCapture(CUstream stream, CUgraph* graph) {
  // A capture that fails to end has ended all the same.
  if (failure_is_due(__func__)) end_captures();
  ENTER("");
  if (!streams.count(stream)) return CUDA_ERROR_INVALID_HANDLE;
  if (!graph) return CUDA_ERROR_INVALID_VALUE;
  *graph = nullptr;
  if (!is_capturing(stream)) return CUDA_ERROR_ILLEGAL_STATE;
  if (stream->mode != CU_STREAM_CAPTURE_MODE_RELAXED && stream->owner != std::this_thread::get_id()) {
    return CUDA_ERROR_STREAM_CAPTURE_WRONG_THREAD;
  }
  bool valid = stream->capture == CU_STREAM_CAPTURE_STATUS_ACTIVE;
  stream->capture = CU_STREAM_CAPTURE_STATUS_NONE;
  if (!valid) {
    stream->graph.reset();
    return CUDA_ERROR_STREAM_CAPTURE_INVALIDATED;
  }
  *graph = register_graph(std::move(stream->graph));
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuStreamIsCapturing(CUstream handle, CUstreamCaptureStatus* status) {
  ENTER("");
  CUstream stream = find_stream(handle);
  if (!stream) return CUDA_ERROR_INVALID_HANDLE;
  if (!status) return CUDA_ERROR_INVALID_VALUE;
  *status = stream->capture;
  return CUDA_SUCCESS;
}
