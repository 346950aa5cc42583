// Modules (shared libraries made by the emulated NVRTC), functions, launches.
#include <dlfcn.h>
#include <elf.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <set>

#include "driver.h"

namespace {

constexpr int kFunctionMaximumDynamicShared = 8, kFunctionPreferredCarveout = 9;

std::map<CUmodule, std::shared_ptr<CUmod_st>> modules;
std::set<CUfunction> functions;

// Length of a shared library of this machine, 0 if it is something else; g++ puts the section headers last.
size_t library_bytes(const void* image) {
  auto header = static_cast<const Elf64_Ehdr*>(image);
  if (memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 || header->e_ident[EI_CLASS] != ELFCLASS64) return 0;
#if defined(__x86_64__)
  if (header->e_machine != EM_X86_64) return 0;
#else
  if (header->e_machine != EM_AARCH64) return 0;
#endif
  return header->e_shoff + size_t(header->e_shnum) * header->e_shentsize;
}

// The file stays open: the loader takes two libraries of the same path for one.
void* open_library(const void* image, size_t bytes, int& file) {
  file = memfd_create("emulated-cubin", MFD_CLOEXEC);
  if (file < 0) return nullptr;
  const char* data = static_cast<const char*>(image);
  for (size_t done = 0; done < bytes;) {
    ssize_t written = write(file, data + done, bytes - done);
    if (written <= 0) break;
    done += written;
  }
  std::string path = "/proc/self/fd/" + std::to_string(file);
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) fprintf(stderr, "emulator: %s\n", dlerror());
  return library;
}

int architecture() {
  const char* text = setting("EMULATOR_CAPABILITY", "9.0");
  const char* dot = strchr(text, '.');
  return atoi(text) * 10 + (dot ? atoi(dot + 1) : 0);
}

std::string dimensions(dim3 size) {
  return std::to_string(size.x) + " " + std::to_string(size.y) + " " + std::to_string(size.z);
}

}  // namespace

CUmod_st::~CUmod_st() {
  if (library) dlclose(library);
  if (file >= 0) close(file);
}

EMULATOR_EXPORT CUresult cuModuleLoadData(CUmodule* module, const void* image) {
  ENTER("");
  if (!module || !image) return CUDA_ERROR_INVALID_VALUE;
  if (CUresult forbidden = forbidden_in_capture()) return forbidden;
  size_t bytes = library_bytes(image);
  if (bytes == 0) return memchr(image, '.', 4) ? CUDA_ERROR_INVALID_PTX : CUDA_ERROR_INVALID_IMAGE;
  auto loaded = std::make_shared<CUmod_st>();
  loaded->library = open_library(image, bytes, loaded->file);
  if (!loaded->library) return CUDA_ERROR_INVALID_IMAGE;
  loaded->state = static_cast<EmulationState*>(dlsym(loaded->library, "emulation_state"));
  loaded->layout = static_cast<EmulationModule*>(dlsym(loaded->library, "emulation_module"));
  if (!loaded->state || !loaded->layout) return CUDA_ERROR_INVALID_IMAGE;
  int built = loaded->layout->architecture;
  if (built / 10 != architecture() / 10 || built > architecture()) return CUDA_ERROR_NO_BINARY_FOR_GPU;
  *module = loaded.get();
  modules[*module] = loaded;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuModuleUnload(CUmodule module) {
  ENTER("");
  auto entry = modules.find(module);
  if (entry == modules.end()) return CUDA_ERROR_INVALID_HANDLE;
  finish_all();
  for (auto& function : module->functions) functions.erase(function.get());
  module->loaded = false;
  modules.erase(entry);
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuModuleGetFunction(CUfunction* function, CUmodule module, const char* name) {
  ENTER("%s", name ? name : "");
  if (!function || !name || !*name) return CUDA_ERROR_INVALID_VALUE;
  if (!modules.count(module)) return CUDA_ERROR_INVALID_HANDLE;
  for (auto& known : module->functions) {
    if (known->name == name) {
      *function = known.get();
      return CUDA_SUCCESS;
    }
  }
  auto kernel = static_cast<EmulationKernel*>(dlsym(module->library, ("emulation_kernel_" + std::string(name)).c_str()));
  if (!kernel) return CUDA_ERROR_NOT_FOUND;
  module->functions.push_back(std::make_unique<CUfunc_st>(CUfunc_st{name, kernel, module, 49152}));
  *function = module->functions.back().get();
  functions.insert(*function);
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuFuncSetAttribute(CUfunction function, CUfunction_attribute attribute, int value) {
  ENTER("%s %d %d", functions.count(function) ? function->name.c_str() : "?", static_cast<int>(attribute), value);
  if (!functions.count(function)) return CUDA_ERROR_INVALID_HANDLE;
  if (static_cast<int>(attribute) == kFunctionPreferredCarveout) return CUDA_SUCCESS;
  if (static_cast<int>(attribute) != kFunctionMaximumDynamicShared) return CUDA_ERROR_INVALID_VALUE;
  if (value < 0 || value > kMaximumShared) return CUDA_ERROR_INVALID_VALUE;
  function->maximum_dynamic_shared = value;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuFuncGetAttribute(int* value, CUfunction_attribute attribute, CUfunction function) {
  ENTER("%d", static_cast<int>(attribute));
  if (!functions.count(function)) return CUDA_ERROR_INVALID_HANDLE;
  if (!value) return CUDA_ERROR_INVALID_VALUE;
  const EmulationModule* layout = function->module->layout;
  switch (static_cast<int>(attribute)) {
    case 0: *value = function->kernel->maximum_threads; break;
    case 1: *value = static_cast<int>(layout->shared_end - layout->shared_begin); break;
    case 2: case 3: case 7: *value = 0; break;
    case 4: *value = 32; break;
    case 5: case 6: *value = layout->architecture; break;
    case kFunctionMaximumDynamicShared: *value = function->maximum_dynamic_shared; break;
    case kFunctionPreferredCarveout: *value = -1; break;
    default: return CUDA_ERROR_INVALID_VALUE;
  }
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, CUfunction function, int threads,
                                                                     size_t shared) {
  ENTER("%d %zu", threads, shared);
  if (!functions.count(function)) return CUDA_ERROR_INVALID_HANDLE;
  if (!blocks || threads <= 0 || threads > 1024) return CUDA_ERROR_INVALID_VALUE;
  size_t by_threads = 2048 / ((threads + 31) / 32 * 32), by_shared = kMultiprocessorShared / (shared + 1024);
  *blocks = static_cast<int>(std::min<size_t>({by_threads, by_shared, 32}));
  if (threads > function->kernel->maximum_threads) *blocks = 0;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuLaunchKernel(CUfunction function, unsigned grid_x, unsigned grid_y, unsigned grid_z,
                                        unsigned block_x, unsigned block_y, unsigned block_z, unsigned shared,
                                        CUstream stream, void** arguments, void** extra) {
  const dim3 grid(grid_x, grid_y, grid_z), block(block_x, block_y, block_z);
  ENTER("%s grid %s block %s shared %u", functions.count(function) ? function->name.c_str() : "?",
        dimensions(grid).c_str(), dimensions(block).c_str(), shared);
  if (!functions.count(function)) return CUDA_ERROR_INVALID_HANDLE;
  if (!grid.x || !grid.y || !grid.z || !block.x || !block.y || !block.z) return CUDA_ERROR_INVALID_VALUE;
  if (grid.x > 2147483647u || grid.y > 65535 || grid.z > 65535) return CUDA_ERROR_INVALID_VALUE;
  if (block.x > 1024 || block.y > 1024 || block.z > 64) return CUDA_ERROR_INVALID_VALUE;
  const size_t threads = size_t(block.x) * block.y * block.z;
  if (threads > 1024 || extra) return CUDA_ERROR_INVALID_VALUE;
  const EmulationKernel* kernel = function->kernel;
  if (threads > static_cast<size_t>(kernel->maximum_threads)) return CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES;
  if (shared > static_cast<unsigned>(std::max(49152, function->maximum_dynamic_shared))) return CUDA_ERROR_INVALID_VALUE;
  if (kernel->arguments && !arguments) return CUDA_ERROR_INVALID_VALUE;

  std::vector<std::vector<char>> values;
  for (int i = 0; i < kernel->arguments; i++) {
    if (!arguments[i]) return CUDA_ERROR_INVALID_VALUE;
    const char* begin = static_cast<const char*>(arguments[i]);
    values.emplace_back(begin, begin + kernel->sizes[i]);
  }
  std::shared_ptr<CUmod_st> module = modules[function->module];
  std::string name = function->name;
  return enqueue(stream, CU_GRAPH_NODE_TYPE_KERNEL, name, [=]() mutable {
    if (!module->loaded) return CUDA_ERROR_INVALID_HANDLE;
    std::vector<void*> pointers;
    for (auto& value : values) pointers.push_back(value.data());
    return run_grid({name.c_str(), function->kernel, module->state, module->layout, grid, block, shared, pointers.data()});
  });
}
