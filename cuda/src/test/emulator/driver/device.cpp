// The device, its attributes, the primary context, names of errors.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <vector>

#include "driver.h"

struct CUctx_st {
  int references = 0;
};

namespace {

bool started = false;
CUctx_st primary;
thread_local CUcontext current = nullptr;

int capability_major() { return atoi(setting("EMULATOR_CAPABILITY", "9.0")); }

int capability_minor() {
  const char* dot = strchr(setting("EMULATOR_CAPABILITY", "9.0"), '.');
  return dot ? atoi(dot + 1) : 0;
}

// The machine's devices that this process sees, in the order of CUDA_VISIBLE_DEVICES; an index that
// is none ends the list, as in CUDA.
std::vector<int> visible() {
  std::vector<int> all;
  int devices = atoi(setting("EMULATOR_DEVICES", "1"));
  const char* listed = getenv("CUDA_VISIBLE_DEVICES");
  if (!listed) {
    for (int i = 0; i < devices; i++) all.push_back(i);
    return all;
  }
  for (const char* at = listed; *at;) {
    char* end;
    long index = strtol(at, &end, 10);
    if (end == at || index < 0 || index >= devices) break;
    all.push_back(static_cast<int>(index));
    at = *end == ',' ? end + 1 : end;
  }
  return all;
}

bool exists(CUdevice device) { return device >= 0 && device < static_cast<int>(visible().size()); }

bool dead(CUdevice device) { return visible()[device] == atoi(setting("EMULATOR_DEAD_DEVICE", "-1")); }

size_t total_memory() { return strtoull(setting("EMULATOR_MEMORY_MIB", "4096"), nullptr, 10) << 20; }

const char* const kErrors[][3] = {
    {"0", "CUDA_SUCCESS", "no error"},
    {"1", "CUDA_ERROR_INVALID_VALUE", "invalid argument"},
    {"2", "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
    {"3", "CUDA_ERROR_NOT_INITIALIZED", "initialization error"},
    {"100", "CUDA_ERROR_NO_DEVICE", "no CUDA-capable device is detected"},
    {"101", "CUDA_ERROR_INVALID_DEVICE", "invalid device ordinal"},
    {"200", "CUDA_ERROR_INVALID_IMAGE", "device kernel image is invalid"},
    {"201", "CUDA_ERROR_INVALID_CONTEXT", "invalid device context"},
    {"209", "CUDA_ERROR_NO_BINARY_FOR_GPU", "no kernel image is available for execution on the device"},
    {"214", "CUDA_ERROR_ECC_UNCORRECTABLE", "uncorrectable ECC error encountered"},
    {"218", "CUDA_ERROR_INVALID_PTX", "a PTX JIT compilation failed"},
    {"400", "CUDA_ERROR_INVALID_HANDLE", "invalid resource handle"},
    {"401", "CUDA_ERROR_ILLEGAL_STATE", "the operation cannot be performed in the present state"},
    {"500", "CUDA_ERROR_NOT_FOUND", "named symbol not found"},
    {"600", "CUDA_ERROR_NOT_READY", "device not ready"},
    {"700", "CUDA_ERROR_ILLEGAL_ADDRESS", "an illegal memory access was encountered"},
    {"701", "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES", "too many resources requested for launch"},
    {"710", "CUDA_ERROR_ASSERT", "device-side assert triggered"},
    {"715", "CUDA_ERROR_ILLEGAL_INSTRUCTION", "an illegal instruction was encountered"},
    {"716", "CUDA_ERROR_MISALIGNED_ADDRESS", "misaligned address"},
    {"719", "CUDA_ERROR_LAUNCH_FAILED", "unspecified launch failure"},
    {"801", "CUDA_ERROR_NOT_SUPPORTED", "operation not supported"},
    {"900", "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED", "operation not permitted when stream is capturing"},
    {"901", "CUDA_ERROR_STREAM_CAPTURE_INVALIDATED", "operation failed due to a previous error during capture"},
    {"903", "CUDA_ERROR_STREAM_CAPTURE_UNMATCHED", "capture was not ended in the same stream as it began"},
    {"906", "CUDA_ERROR_STREAM_CAPTURE_IMPLICIT", "operation would make the legacy stream depend on a capturing blocking stream"},
    {"907", "CUDA_ERROR_CAPTURED_EVENT", "operation not permitted on an event last recorded in a capturing stream"},
    {"908", "CUDA_ERROR_STREAM_CAPTURE_WRONG_THREAD", "attempt to terminate a thread-local capture sequence from another thread"},
    {"999", "CUDA_ERROR_UNKNOWN", "unknown error"}};

CUresult error_text(int column, CUresult error, const char** text) {
  for (auto& row : kErrors) {
    if (atoi(row[0]) == static_cast<int>(error)) {
      *text = row[column];
      return CUDA_SUCCESS;
    }
  }
  *text = nullptr;
  return CUDA_ERROR_INVALID_VALUE;
}

}  // namespace

bool initialised() { return started; }
CUcontext current_context() { return current; }

EMULATOR_EXPORT CUresult cuInit(unsigned flags) {
  std::lock_guard<std::recursive_mutex> guard(driver_lock());
  if (int planned = emulator_enter("cuInit", "%u", flags)) return static_cast<CUresult>(planned);
  if (flags) return CUDA_ERROR_INVALID_VALUE;
  started = true;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuDriverGetVersion(int* version) {
  if (int planned = emulator_enter("cuDriverGetVersion", "")) return static_cast<CUresult>(planned);
  if (!version) return CUDA_ERROR_INVALID_VALUE;
  *version = 12090;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuDeviceGetCount(int* count) {
  ENTER_DEVICE("");
  if (!count) return CUDA_ERROR_INVALID_VALUE;
  *count = static_cast<int>(visible().size());
  if (*count == 0) return CUDA_ERROR_NO_DEVICE;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuDeviceGet(CUdevice* device, int ordinal) {
  ENTER_DEVICE("%d", ordinal);
  if (!device) return CUDA_ERROR_INVALID_VALUE;
  if (!exists(ordinal)) return CUDA_ERROR_INVALID_DEVICE;
  *device = ordinal;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuDeviceGetName(char* name, int length, CUdevice device) {
  ENTER_DEVICE("%d", device);
  if (!exists(device)) return CUDA_ERROR_INVALID_DEVICE;
  if (!name || length <= 0) return CUDA_ERROR_INVALID_VALUE;
  snprintf(name, length, "Emulated GPU");
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuDeviceTotalMem_v2(size_t* bytes, CUdevice device) {
  ENTER_DEVICE("%d", device);
  if (!exists(device)) return CUDA_ERROR_INVALID_DEVICE;
  if (!bytes) return CUDA_ERROR_INVALID_VALUE;
  *bytes = total_memory();
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuDeviceGetAttribute(int* value, CUdevice_attribute attribute, CUdevice device) {
  ENTER_DEVICE("%d", static_cast<int>(attribute));
  if (!exists(device)) return CUDA_ERROR_INVALID_DEVICE;
  // By the numbers of CUdevice_attribute.
  static const std::map<int, int> known = {
      {1, 1024},    {2, 1024},   {3, 1024},        {4, 64},  {5, 2147483647}, {6, 65535}, {7, 65535},
      {8, 49152},   {9, 65536},  {10, 32},         {11, 2147483647}, {12, 65536}, {13, 1980000}, {14, 512},
      {15, 1},      {16, kMultiprocessors},        {17, 0},  {18, 0},         {19, 1},    {20, 0},
      {31, 1},      {32, 1},     {33, 0},          {34, 0},  {35, 0},         {36, 2619000}, {37, 5120},
      {38, 52428800}, {39, 2048}, {40, 3},         {41, 1},  {50, 0},         {78, 1},    {79, 1},
      {80, 1},      {81, kMultiprocessorShared},   {82, 65536}, {83, 1},      {86, 0},    {87, 2},
      {88, 0},      {89, 1},     {90, 1},          {95, 1},  {97, kMaximumShared}, {99, 1}, {102, 1},
      {106, 32},    {111, 1024}, {115, 1},         {120, 1}};
  if (!value) return CUDA_ERROR_INVALID_VALUE;
  int number = static_cast<int>(attribute);
  if (number == 75 || number == 76) {
    *value = number == 75 ? capability_major() : capability_minor();
    return CUDA_SUCCESS;
  }
  auto entry = known.find(number);
  if (entry == known.end()) return CUDA_ERROR_INVALID_VALUE;
  *value = entry->second;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuDevicePrimaryCtxRetain(CUcontext* context, CUdevice device) {
  ENTER_DEVICE("%d", device);
  if (!exists(device)) return CUDA_ERROR_INVALID_DEVICE;
  if (!context) return CUDA_ERROR_INVALID_VALUE;
  if (dead(device)) return CUDA_ERROR_ECC_UNCORRECTABLE;
  primary.references++;
  *context = &primary;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuDevicePrimaryCtxRelease_v2(CUdevice device) {
  ENTER_DEVICE("%d", device);
  if (!exists(device)) return CUDA_ERROR_INVALID_DEVICE;
  if (primary.references == 0) return CUDA_ERROR_INVALID_CONTEXT;
  if (--primary.references == 0) finish_all();
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuCtxSetCurrent(CUcontext context) {
  ENTER_DEVICE("");
  if (context && (context != &primary || primary.references == 0)) return CUDA_ERROR_INVALID_CONTEXT;
  current = context;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuGetErrorName(CUresult error, const char** text) { return error_text(1, error, text); }

EMULATOR_EXPORT CUresult cuGetErrorString(CUresult error, const char** text) { return error_text(2, error, text); }
