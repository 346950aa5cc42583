// Device memory (own mappings between inaccessible pages) and pinned host memory.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <deque>
#include <map>

#include "driver.h"

namespace {

struct Allocation {
  size_t bytes, padded;
  char* mapping;
  size_t mapped;
};

struct Reservation {
  char* mapping;
  size_t mapped;
};

constexpr size_t kAlignment = 256;
// Addresses of freed memory stay inaccessible until so many bytes were freed after them.
constexpr size_t kQuarantine = size_t(64) << 30;
// From so many bytes on memory is filled by mapping, so that pages nobody touches cost nothing.
constexpr size_t kFilled = size_t(1) << 20;

std::map<unsigned long long, Allocation> allocations;
std::map<const char*, size_t> pinned;
std::deque<Reservation> quarantine;
size_t used = 0, quarantined = 0;

size_t round_up(size_t value, size_t unit) { return (value + unit - 1) / unit * unit; }

size_t total() { return strtoull(setting("EMULATOR_MEMORY_MIB", "4096"), nullptr, 10) << 20; }

const std::pair<const unsigned long long, Allocation>* containing(unsigned long long address) {
  auto next = allocations.upper_bound(address);
  if (next == allocations.begin()) return nullptr;
  --next;
  return address < next->first + next->second.padded ? &*next : nullptr;
}

// A file of kFilled bytes of 0xFF, or -1.
int filled() {
  static const int file = [] {
    int made = memfd_create("emulator-fill", MFD_CLOEXEC);
    if (made < 0) return -1;
    const std::string bytes(kFilled, '\xFF');
    if (write(made, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size())) return made;
    close(made);
    return -1;
  }();
  return file;
}

// Whole pages: 0xFF, which is NaN.
void fill(char* begin, size_t bytes) {
  while (bytes >= kFilled && filled() >= 0) {
    if (mmap(begin, kFilled, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, filled(), 0) == MAP_FAILED) break;
    begin += kFilled;
    bytes -= kFilled;
  }
  memset(begin, 0xFF, bytes);
}

void retire(const Allocation& allocation) {
  mmap(allocation.mapping, allocation.mapped, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
  quarantine.push_back({allocation.mapping, allocation.mapped});
  quarantined += allocation.mapped;
  while (quarantined > kQuarantine && quarantine.size() > 1) {
    munmap(quarantine.front().mapping, quarantine.front().mapped);
    quarantined -= quarantine.front().mapped;
    quarantine.pop_front();
  }
}

}  // namespace

bool on_device(unsigned long long begin, size_t bytes) {
  auto entry = containing(begin);
  return entry && begin - entry->first + bytes <= entry->second.bytes;
}

int emulator_on_device(const void* begin, size_t bytes) {
  std::lock_guard<std::recursive_mutex> guard(driver_lock());
  return on_device(reinterpret_cast<unsigned long long>(begin), bytes);
}

bool is_pinned(const void* begin, size_t bytes) {
  auto address = static_cast<const char*>(begin);
  auto next = pinned.upper_bound(address);
  if (next == pinned.begin()) return false;
  --next;
  return address + bytes <= next->first + next->second;
}

std::string describe_address(unsigned long long address) {
  auto next = allocations.upper_bound(address);
  std::string text;
  if (next != allocations.begin()) {
    auto before = std::prev(next);
    size_t distance = address - before->first;
    if (distance < before->second.bytes) return "inside an allocation of " + std::to_string(before->second.bytes) + " bytes";
    if (distance - before->second.bytes < (size_t(1) << 30)) {
      text = std::to_string(distance - before->second.bytes) + " bytes behind the end of an allocation of " +
             std::to_string(before->second.bytes) + " bytes";
    }
  }
  if (next != allocations.end() && next->first - address < 1 << 20) {
    text += (text.empty() ? "" : ", ") + std::to_string(next->first - address) + " bytes before an allocation of " +
            std::to_string(next->second.bytes) + " bytes";
  }
  for (auto& freed : quarantine) {
    if (reinterpret_cast<char*>(address) >= freed.mapping && reinterpret_cast<char*>(address) < freed.mapping + freed.mapped) {
      return "in freed memory" + (text.empty() ? "" : ", " + text);
    }
  }
  return text.empty() ? "far from any allocation" : text;
}

size_t emulator_allocated_bytes() {
  std::lock_guard<std::recursive_mutex> guard(driver_lock());
  return used;
}

size_t emulator_allocations() {
  std::lock_guard<std::recursive_mutex> guard(driver_lock());
  return allocations.size();
}

EMULATOR_EXPORT CUresult cuMemGetInfo_v2(size_t* free, size_t* all) {
  ENTER("");
  if (!free || !all) return CUDA_ERROR_INVALID_VALUE;
  *all = total();
  *free = used > *all ? 0 : *all - used;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuMemAlloc_v2(CUdeviceptr* pointer, size_t bytes) {
  ENTER("%zu", bytes);
  if (CUresult forbidden = forbidden_in_capture()) return forbidden;
  if (!pointer || bytes == 0) return CUDA_ERROR_INVALID_VALUE;
  if (bytes > total() || used + bytes > total()) return CUDA_ERROR_OUT_OF_MEMORY;
  const size_t page = sysconf(_SC_PAGESIZE);
  const size_t padded = round_up(bytes, kAlignment);
  const size_t body = round_up(padded, page);
  const size_t mapped = body + 2 * page;
  void* mapping = mmap(nullptr, mapped, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapping == MAP_FAILED) return CUDA_ERROR_OUT_OF_MEMORY;
  char* begin = static_cast<char*>(mapping) + page;
  if (mprotect(begin, body, PROT_READ | PROT_WRITE) != 0) {
    munmap(mapping, mapped);
    return CUDA_ERROR_OUT_OF_MEMORY;
  }
  if (idle()) {
    memset(begin + body - padded + bytes, 0xFF, padded - bytes);
  } else {
    fill(begin, body);
  }
  *pointer = reinterpret_cast<CUdeviceptr>(begin + body - padded);
  allocations[*pointer] = Allocation{bytes, padded, static_cast<char*>(mapping), mapped};
  used += bytes;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuMemFree_v2(CUdeviceptr pointer) {
  ENTER("");
  if (CUresult forbidden = forbidden_in_capture()) return forbidden;
  if (pointer == 0) return CUDA_SUCCESS;
  auto entry = allocations.find(pointer);
  if (entry == allocations.end()) return CUDA_ERROR_INVALID_VALUE;
  finish_all();
  Allocation allocation = entry->second;
  // Nobody may write between the end of an allocation and the guard page.
  const unsigned char* memory = reinterpret_cast<const unsigned char*>(pointer);
  for (size_t i = allocation.bytes; i < allocation.padded; i++) {
    if (memory[i] != 0xFF) {
      fprintf(stderr, "emulator: something wrote %zu bytes behind the end of an allocation of %zu bytes\n",
              i - allocation.bytes, allocation.bytes);
      set_sticky(CUDA_ERROR_ILLEGAL_ADDRESS);
      break;
    }
  }
  allocations.erase(entry);
  used -= allocation.bytes;
  retire(allocation);
  return sticky_error();
}

void give_back_all() {
  for (auto& entry : allocations) {
    used -= entry.second.bytes;
    retire(entry.second);
  }
  allocations.clear();
}

EMULATOR_EXPORT CUresult cuMemHostAlloc(void** pointer, size_t bytes, unsigned flags) {
  ENTER("%zu", bytes);
  if (CUresult forbidden = forbidden_in_capture()) return forbidden;
  if (!pointer || bytes == 0 || flags > 7) return CUDA_ERROR_INVALID_VALUE;
  void* memory = aligned_alloc(4096, round_up(bytes, 4096));
  if (!memory) return CUDA_ERROR_OUT_OF_MEMORY;
  memset(memory, 0xFF, bytes);
  pinned[static_cast<char*>(memory)] = bytes;
  *pointer = memory;
  return CUDA_SUCCESS;
}

EMULATOR_EXPORT CUresult cuMemFreeHost(void* pointer) {
  ENTER("");
  if (CUresult forbidden = forbidden_in_capture()) return forbidden;
  auto entry = pinned.find(static_cast<char*>(pointer));
  if (entry == pinned.end()) return CUDA_ERROR_INVALID_VALUE;
  finish_all();
  pinned.erase(entry);
  free(pointer);
  return CUDA_SUCCESS;
}
