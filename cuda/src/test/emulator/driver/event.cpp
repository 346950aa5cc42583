// Events.
#include <chrono>
#include <set>

#include "driver.h"

struct CUevent_st {
  unsigned flags = 0;
  bool recorded = false, captured = false;
  CUstream stream = nullptr;
  std::chrono::steady_clock::time_point time;
};

namespace {

constexpr unsigned kDisableTiming = 2;

std::set<CUevent> events;

}  // namespace

EMULATOR_EXPORT CUresult cuEventCreate(CUevent* event, unsigned flags) {
  ENTER("%u", flags);
  if (!event) return CUDA_ERROR_INVALID_VALUE;
  *event = new CUevent_st;
  (*event)->flags = flags;
  events.insert(*event);
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuEventRecord(CUevent event, CUstream handle) {
  ENTER("");
  CUstream stream = find_stream(handle);
  if (!stream || !events.count(event)) return CUDA_ERROR_INVALID_HANDLE;
  if (stream->capture == CU_STREAM_CAPTURE_STATUS_INVALIDATED) return CUDA_ERROR_STREAM_CAPTURE_INVALIDATED;
  event->captured = is_capturing(stream);
  event->recorded = true;
  event->stream = handle;
  if (event->captured) return CUDA_SUCCESS;
  return enqueue(handle, CU_GRAPH_NODE_TYPE_KERNEL, __func__, [event] {
    if (events.count(event)) event->time = std::chrono::steady_clock::now();
    return CUDA_SUCCESS;
  });
}

EMULATOR_EXPORT CUresult cuEventSynchronize(CUevent event) {
  ENTER("");
  if (!events.count(event)) return CUDA_ERROR_INVALID_HANDLE;
  if (event->captured) return CUDA_ERROR_CAPTURED_EVENT;
  if (event->recorded && find_stream(event->stream)) finish(find_stream(event->stream));
  return sticky_error();
}

namespace {

CUresult elapsed(float* milliseconds, CUevent start, CUevent end) {
  if (!events.count(start) || !events.count(end)) return CUDA_ERROR_INVALID_HANDLE;
  if (!milliseconds) return CUDA_ERROR_INVALID_VALUE;
  if (start->captured || end->captured) return CUDA_ERROR_CAPTURED_EVENT;
  if (!start->recorded || !end->recorded || ((start->flags | end->flags) & kDisableTiming)) return CUDA_ERROR_INVALID_HANDLE;
  for (CUevent event : {start, end}) {
    if (find_stream(event->stream) && !find_stream(event->stream)->pending.empty()) return CUDA_ERROR_NOT_READY;
  }
  *milliseconds = std::chrono::duration<float, std::milli>(end->time - start->time).count();
  return CUDA_SUCCESS;
}

}  // namespace

EMULATOR_EXPORT CUresult cuEventElapsedTime(float* milliseconds, CUevent start, CUevent end) {
  ENTER("");
  return elapsed(milliseconds, start, end);
}

EMULATOR_EXPORT CUresult cuEventElapsedTime_v2(float* milliseconds, CUevent start, CUevent end) {
  ENTER("");
  return elapsed(milliseconds, start, end);
}

EMULATOR_EXPORT CUresult cuEventDestroy_v2(CUevent event) {
  ENTER("");
  if (!events.erase(event)) return CUDA_ERROR_INVALID_HANDLE;
  delete event;
  return CUDA_SUCCESS;
}
