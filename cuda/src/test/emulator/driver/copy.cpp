// Copies and fills on streams.
#include <cstring>

#include "driver.h"

namespace {

enum Side { HOST, DEVICE };

const void* address(CUdeviceptr pointer) { return reinterpret_cast<const void*>(pointer); }

void invalidate(CUstream stream) { stream->capture = CU_STREAM_CAPTURE_STATUS_INVALIDATED; }

// A copy from or to pageable memory waits for the stream, which a capture forbids.
CUresult pageable(CUstream handle, const void* host, size_t bytes) {
  if (is_pinned(host, bytes)) return CUDA_SUCCESS;
  CUstream stream = find_stream(handle);
  if (!stream) return CUDA_ERROR_INVALID_HANDLE;
  if (!is_capturing(stream)) return CUDA_SUCCESS;
  invalidate(stream);
  return CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
}

bool reachable(Side side, const void* begin, size_t bytes) {
  unsigned long long pointer = reinterpret_cast<unsigned long long>(begin);
  return side == DEVICE ? on_device(pointer, bytes) : begin != nullptr && !on_device(pointer, 1);
}

CUresult copy(CUstream stream, const char* name, Side to, void* target, Side from, const void* source, size_t bytes) {
  if (bytes == 0) return CUDA_SUCCESS;
  if (!reachable(to, target, bytes) || !reachable(from, source, bytes)) return CUDA_ERROR_INVALID_VALUE;
  bool waits = false;
  if (to == HOST || from == HOST) {
    const void* host = to == HOST ? target : source;
    if (CUresult error = pageable(stream, host, bytes)) return error;
    waits = !is_pinned(host, bytes);
  }
  CUresult result = enqueue(stream, CU_GRAPH_NODE_TYPE_MEMCPY, name, [=] {
    if (!reachable(to, target, bytes) || !reachable(from, source, bytes)) return CUDA_ERROR_ILLEGAL_ADDRESS;
    memmove(target, source, bytes);
    return CUDA_SUCCESS;
  });
  if (waits && result == CUDA_SUCCESS) finish(find_stream(stream));
  return result;
}

CUresult fill(CUstream stream, const char* name, CUdeviceptr target, unsigned value, size_t width, size_t count) {
  if (count == 0) return CUDA_SUCCESS;
  if (target % width || !on_device(target, count * width)) return CUDA_ERROR_INVALID_VALUE;
  return enqueue(stream, CU_GRAPH_NODE_TYPE_MEMSET, name, [=] {
    if (!on_device(target, count * width)) return CUDA_ERROR_ILLEGAL_ADDRESS;
    if (width == 1) {
      memset(reinterpret_cast<void*>(target), value, count);
    } else {
      unsigned* words = reinterpret_cast<unsigned*>(target);
      for (size_t i = 0; i < count; i++) words[i] = value;
    }
    return CUDA_SUCCESS;
  });
}

// One side of a copy of a rectangle.
struct Rectangle {
  Side side;
  char* begin;
  size_t pitch;
};

bool rectangle(CUmemorytype type, const void* host, CUdeviceptr device, size_t x, size_t y, size_t pitch, size_t width,
               size_t height, Rectangle* result) {
  if (type == CU_MEMORYTYPE_UNIFIED) type = on_device(device, 1) ? CU_MEMORYTYPE_DEVICE : CU_MEMORYTYPE_HOST, host = address(device);
  if (type != CU_MEMORYTYPE_HOST && type != CU_MEMORYTYPE_DEVICE) return false;
  if (pitch == 0) pitch = width;
  if (pitch < width + x) return false;
  result->side = type == CU_MEMORYTYPE_HOST ? HOST : DEVICE;
  const void* base = result->side == HOST ? host : address(device);
  result->begin = static_cast<char*>(const_cast<void*>(base)) + y * pitch + x;
  result->pitch = pitch;
  return base && reachable(result->side, result->begin, (height - 1) * pitch + width);
}

}  // namespace

EMULATOR_EXPORT CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr target, const void* source, size_t bytes, CUstream stream) {
  ENTER("%zu", bytes);
  return copy(stream, __func__, DEVICE, reinterpret_cast<void*>(target), HOST, source, bytes);
}

EMULATOR_EXPORT CUresult cuMemcpyDtoHAsync_v2(void* target, CUdeviceptr source, size_t bytes, CUstream stream) {
  ENTER("%zu", bytes);
  return copy(stream, __func__, HOST, target, DEVICE, address(source), bytes);
}

EMULATOR_EXPORT CUresult cuMemcpyDtoDAsync_v2(CUdeviceptr target, CUdeviceptr source, size_t bytes, CUstream stream) {
  ENTER("%zu", bytes);
  return copy(stream, __func__, DEVICE, reinterpret_cast<void*>(target), DEVICE, address(source), bytes);
}

EMULATOR_EXPORT CUresult cuMemcpy2DAsync_v2(const CUDA_MEMCPY2D* copy, CUstream stream) {
  ENTER("%zu %zu", copy ? copy->WidthInBytes : 0, copy ? copy->Height : 0);
  if (!copy) return CUDA_ERROR_INVALID_VALUE;
  const size_t width = copy->WidthInBytes, height = copy->Height;
  if (width == 0 || height == 0) return CUDA_SUCCESS;
  Rectangle from, to;
  if (!rectangle(copy->srcMemoryType, copy->srcHost, copy->srcDevice, copy->srcXInBytes, copy->srcY, copy->srcPitch, width,
                 height, &from) ||
      !rectangle(copy->dstMemoryType, copy->dstHost, copy->dstDevice, copy->dstXInBytes, copy->dstY, copy->dstPitch, width,
                 height, &to)) {
    return CUDA_ERROR_INVALID_VALUE;
  }
  bool waits = false;
  for (const Rectangle& side : {from, to}) {
    if (side.side == DEVICE) continue;
    size_t bytes = (height - 1) * side.pitch + width;
    if (CUresult error = pageable(stream, side.begin, bytes)) return error;
    waits |= !is_pinned(side.begin, bytes);
  }
  CUresult result = enqueue(stream, CU_GRAPH_NODE_TYPE_MEMCPY, __func__, [=] {
    if (!reachable(from.side, from.begin, (height - 1) * from.pitch + width) ||
        !reachable(to.side, to.begin, (height - 1) * to.pitch + width)) {
      return CUDA_ERROR_ILLEGAL_ADDRESS;
    }
    for (size_t row = 0; row < height; row++) memmove(to.begin + row * to.pitch, from.begin + row * from.pitch, width);
    return CUDA_SUCCESS;
  });
  if (waits && result == CUDA_SUCCESS) finish(find_stream(stream));
  return result;
}

EMULATOR_EXPORT CUresult cuMemsetD8Async(CUdeviceptr target, unsigned char value, size_t count, CUstream stream) {
  ENTER("%u %zu", value, count);
  return fill(stream, __func__, target, value, 1, count);
}

EMULATOR_EXPORT CUresult cuMemsetD32Async(CUdeviceptr target, unsigned value, size_t count, CUstream stream) {
  ENTER("%u %zu", value, count);
  return fill(stream, __func__, target, value, 4, count);
}
