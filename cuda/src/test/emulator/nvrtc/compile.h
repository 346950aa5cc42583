// Compilation of kernels by g++.
#ifndef EMULATOR_COMPILE_H
#define EMULATOR_COMPILE_H
#include <string>
#include <utility>
#include <vector>

struct Program {
  std::string source, name;
  std::vector<std::pair<std::string, std::string>> headers;  // name, text
  std::string cubin, ptx, log;
};

enum class Outcome { COMPILED, BAD_OPTION, BAD_SOURCE, FAILED };

const std::vector<int>& supported_architectures();
Outcome compile(Program& program, const std::vector<std::string>& options);

#endif
