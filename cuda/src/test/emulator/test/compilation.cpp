// Compilation of the self-test's kernels.
#include <fstream>
#include <sstream>

#include "self_test.h"

namespace {

std::string read(const char* path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

}  // namespace

std::string source_text() { return read(KERNELS); }

int compile(const std::string& source, const std::vector<std::string>& options, std::string* cubin, std::string* log) {
  std::string common = read(COMMON);
  const char *headers[] = {common.c_str()}, *names[] = {"common.cuh"};
  std::vector<const char*> list;
  for (auto& option : options) list.push_back(option.c_str());
  void* program;
  std::string text = source.find("#include") == std::string::npos ? "#include \"common.cuh\"\n" + source : source;
  check(nvrtcCreateProgram(&program, text.c_str(), "kernels.cu", 1, headers, names) == 0, "program");
  int status = nvrtcCompileProgram(program, static_cast<int>(list.size()), list.data());
  size_t bytes = 0;
  if (log) {
    nvrtcGetProgramLogSize(program, &bytes);
    log->resize(bytes);
    nvrtcGetProgramLog(program, log->data());
  }
  if (cubin && status == 0) {
    nvrtcGetCUBINSize(program, &bytes);
    cubin->resize(bytes);
    nvrtcGetCUBIN(program, cubin->data());
  }
  nvrtcDestroyProgram(&program);
  return status;
}

std::string compiled(const std::string& source, const std::vector<std::string>& options) {
  std::string cubin, log;
  int status = compile(source, options, &cubin, &log);
  check(status == 0, "compilation: " + log);
  return cubin;
}
