// The NVRTC API; the work is done by compile.cpp.
#include <cstring>
#include <mutex>
#include <set>

#include "compile.h"
#include "emulator.h"

enum nvrtcResult {
  NVRTC_SUCCESS = 0,
  NVRTC_ERROR_OUT_OF_MEMORY = 1,
  NVRTC_ERROR_PROGRAM_CREATION_FAILURE = 2,
  NVRTC_ERROR_INVALID_INPUT = 3,
  NVRTC_ERROR_INVALID_PROGRAM = 4,
  NVRTC_ERROR_INVALID_OPTION = 5,
  NVRTC_ERROR_COMPILATION = 6,
  NVRTC_ERROR_INTERNAL_ERROR = 11
};

struct _nvrtcProgram : Program {};
typedef struct _nvrtcProgram* nvrtcProgram;

namespace {

const char* const kNames[] = {"NVRTC_SUCCESS", "NVRTC_ERROR_OUT_OF_MEMORY", "NVRTC_ERROR_PROGRAM_CREATION_FAILURE",
                              "NVRTC_ERROR_INVALID_INPUT", "NVRTC_ERROR_INVALID_PROGRAM", "NVRTC_ERROR_INVALID_OPTION",
                              "NVRTC_ERROR_COMPILATION", "NVRTC_ERROR_BUILTIN_OPERATION_FAILURE",
                              "NVRTC_ERROR_NO_NAME_EXPRESSIONS_AFTER_COMPILATION",
                              "NVRTC_ERROR_NO_LOWERED_NAMES_BEFORE_COMPILATION", "NVRTC_ERROR_NAME_EXPRESSION_NOT_VALID",
                              "NVRTC_ERROR_INTERNAL_ERROR"};

std::mutex lock;
std::set<nvrtcProgram> programs;

bool known(nvrtcProgram program) {
  std::lock_guard<std::mutex> guard(lock);
  return programs.count(program) != 0;
}

// NVRTC counts the terminating zero of texts.
nvrtcResult size_of(nvrtcProgram program, const std::string* text, size_t terminator, size_t* size) {
  if (!known(program)) return NVRTC_ERROR_INVALID_PROGRAM;
  if (!size) return NVRTC_ERROR_INVALID_INPUT;
  *size = text->size() + terminator;
  return NVRTC_SUCCESS;
}

nvrtcResult copy_of(nvrtcProgram program, const std::string* text, size_t terminator, char* target) {
  if (!known(program)) return NVRTC_ERROR_INVALID_PROGRAM;
  if (!target) return NVRTC_ERROR_INVALID_INPUT;
  memcpy(target, text->c_str(), text->size() + terminator);
  return NVRTC_SUCCESS;
}

}  // namespace

#define PLANNED(...)                                           \
  if (int planned = emulator_enter(__func__, __VA_ARGS__)) return static_cast<nvrtcResult>(planned)

EMULATOR_EXPORT const char* nvrtcGetErrorString(nvrtcResult result) {
  return static_cast<unsigned>(result) < sizeof kNames / sizeof *kNames ? kNames[result] : "NVRTC_ERROR unknown";
}

EMULATOR_EXPORT nvrtcResult nvrtcVersion(int* major, int* minor) {
  PLANNED("");
  if (!major || !minor) return NVRTC_ERROR_INVALID_INPUT;
  *major = 12;
  *minor = 9;
  return NVRTC_SUCCESS;
}

EMULATOR_EXPORT nvrtcResult nvrtcGetNumSupportedArchs(int* count) {
  PLANNED("");
  if (!count) return NVRTC_ERROR_INVALID_INPUT;
  *count = static_cast<int>(supported_architectures().size());
  return NVRTC_SUCCESS;
}

EMULATOR_EXPORT nvrtcResult nvrtcGetSupportedArchs(int* architectures) {
  PLANNED("");
  if (!architectures) return NVRTC_ERROR_INVALID_INPUT;
  for (int architecture : supported_architectures()) *architectures++ = architecture;
  return NVRTC_SUCCESS;
}

EMULATOR_EXPORT nvrtcResult nvrtcCreateProgram(nvrtcProgram* program, const char* source, const char* name, int headers,
                                               const char* const* header_sources, const char* const* header_names) {
  PLANNED("%s", name ? name : "");
  if (!program || !source || headers < 0 || (headers && (!header_sources || !header_names))) {
    return NVRTC_ERROR_INVALID_INPUT;
  }
  auto created = new _nvrtcProgram;
  created->source = source;
  created->name = name && *name ? name : "default_program";
  for (int i = 0; i < headers; i++) created->headers.emplace_back(header_names[i], header_sources[i]);
  std::lock_guard<std::mutex> guard(lock);
  programs.insert(created);
  *program = created;
  return NVRTC_SUCCESS;
}

EMULATOR_EXPORT nvrtcResult nvrtcDestroyProgram(nvrtcProgram* program) {
  PLANNED("");
  if (!program) return NVRTC_ERROR_INVALID_PROGRAM;
  std::lock_guard<std::mutex> guard(lock);
  if (!programs.erase(*program)) return NVRTC_ERROR_INVALID_PROGRAM;
  delete *program;
  *program = nullptr;
  return NVRTC_SUCCESS;
}

EMULATOR_EXPORT nvrtcResult nvrtcCompileProgram(nvrtcProgram program, int count, const char* const* options) {
  PLANNED("%s", known(program) ? program->name.c_str() : "?");
  if (!known(program)) return NVRTC_ERROR_INVALID_PROGRAM;
  if (count < 0 || (count && !options)) return NVRTC_ERROR_INVALID_INPUT;
  program->cubin.clear();
  program->ptx.clear();
  program->log.clear();
  switch (compile(*program, std::vector<std::string>(options, options + count))) {
    case Outcome::COMPILED: return NVRTC_SUCCESS;
    case Outcome::BAD_OPTION: return NVRTC_ERROR_INVALID_OPTION;
    case Outcome::BAD_SOURCE: return NVRTC_ERROR_COMPILATION;
    default: return NVRTC_ERROR_INTERNAL_ERROR;
  }
}

EMULATOR_EXPORT nvrtcResult nvrtcGetCUBINSize(nvrtcProgram program, size_t* size) {
  PLANNED("");
  return size_of(program, &program->cubin, 0, size);
}

EMULATOR_EXPORT nvrtcResult nvrtcGetCUBIN(nvrtcProgram program, char* cubin) {
  PLANNED("");
  return copy_of(program, &program->cubin, 0, cubin);
}

EMULATOR_EXPORT nvrtcResult nvrtcGetPTXSize(nvrtcProgram program, size_t* size) {
  PLANNED("");
  return size_of(program, &program->ptx, 1, size);
}

EMULATOR_EXPORT nvrtcResult nvrtcGetPTX(nvrtcProgram program, char* ptx) {
  PLANNED("");
  return copy_of(program, &program->ptx, 1, ptx);
}

EMULATOR_EXPORT nvrtcResult nvrtcGetProgramLogSize(nvrtcProgram program, size_t* size) {
  PLANNED("");
  return size_of(program, &program->log, 1, size);
}

EMULATOR_EXPORT nvrtcResult nvrtcGetProgramLog(nvrtcProgram program, char* log) {
  PLANNED("");
  return copy_of(program, &program->log, 1, log);
}
