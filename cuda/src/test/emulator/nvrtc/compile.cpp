// Compilation of kernels by g++: preprocess to find the kernels, append a wrapper for each, compile a shared library.
#include "compile.h"

#include <dlfcn.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

extern char** environ;
namespace fs = std::filesystem;

namespace {

struct Options {
  int architecture = 52;
  bool binary = false;
  std::vector<std::string> forwarded;
  std::string error;
};

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

bool starts(const std::string& text, const char* prefix) { return text.rfind(prefix, 0) == 0; }

// Options of NVRTC: those of the preprocessor go on to g++, those about a device's code are checked and ignored.
Options parse(const std::vector<std::string>& options) {
  static const std::vector<std::string> flags = {
      "-G", "--device-debug", "-lineinfo", "--generate-line-info", "-use_fast_math", "--use_fast_math", "-w",
      "--disable-warnings", "-restrict", "--restrict", "-default-device", "--device-as-default-execution-space",
      "-dopt", "-extra-device-vectorization", "--extra-device-vectorization", "-no-source-include",
      "--no-source-include", "-minimal", "--minimal", "-device-int128", "--device-int128"};
  static const std::vector<std::string> valued = {
      "--std=", "-std=", "--fmad=", "-fmad=", "--ftz=", "-ftz=", "--prec-div=", "-prec-div=", "--prec-sqrt=",
      "-prec-sqrt=", "--maxrregcount=", "-maxrregcount=", "--relocatable-device-code=", "-rdc=", "--dopt=", "-dopt=",
      "--diag-suppress=", "-diag-suppress=", "--split-compile=", "-split-compile=", "--ptxas-options=", "-Xptxas="};
  static const std::vector<std::pair<std::string, std::string>> prefixes = {
      {"--define-macro=", "-D"}, {"-D", "-D"}, {"--undefine-macro=", "-U"}, {"-U", "-U"},
      {"--include-path=", "-I"}, {"-I", "-I"}, {"--pre-include=", "-include"}};
  Options result;
  for (size_t i = 0; i < options.size(); i++) {
    std::string option = options[i];
    if ((option == "-arch" || option == "--gpu-architecture") && i + 1 < options.size()) option += "=" + options[++i];
    if ((option == "-D" || option == "-I" || option == "-U") && i + 1 < options.size()) option += options[++i];
    if (starts(option, "--gpu-architecture=") || starts(option, "-arch=")) {
      std::string value = option.substr(option.find('=') + 1);
      std::smatch parts;
      static const std::regex form("(sm|compute)_([0-9]+)[af]?");
      auto& supported = supported_architectures();
      if (!std::regex_match(value, parts, form) ||
          std::find(supported.begin(), supported.end(), std::stoi(parts[2])) == supported.end()) {
        result.error = "nvrtc: error: invalid value for --gpu-architecture (-arch)\n";
        return result;
      }
      result.architecture = std::stoi(parts[2]);
      result.binary = parts[1] == "sm";
      continue;
    }
    if (std::find(flags.begin(), flags.end(), option) != flags.end()) continue;
    if (std::any_of(valued.begin(), valued.end(), [&](auto& name) { return starts(option, name.c_str()); })) continue;
    auto prefix = std::find_if(prefixes.begin(), prefixes.end(), [&](auto& p) { return starts(option, p.first.c_str()); });
    if (prefix == prefixes.end()) {
      result.error = "nvrtc: error: unrecognized option " + option + " found\n";
      return result;
    }
    std::string value = option.substr(prefix->first.size());
    if (prefix->second == "-include") {
      result.forwarded.push_back("-include");
      result.forwarded.push_back(value);
    } else {
      result.forwarded.push_back(prefix->second + value);
    }
  }
  return result;
}

// Runs a command without a shell; its messages go to a file.
int run(const std::vector<std::string>& command, const fs::path& messages) {
  std::vector<char*> arguments;
  for (auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", 0, 0);
  posix_spawn_file_actions_addopen(&actions, 1, messages.c_str(), 01101, 0600);  // write, create, truncate
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  pid_t process;
  int status = -1;
  if (posix_spawnp(&process, arguments[0], &actions, nullptr, arguments.data(), environ) == 0) {
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
  }
  posix_spawn_file_actions_destroy(&actions);
  return status;
}

std::string wrappers(std::string preprocessed) {
  // Line markers may stand inside of a declaration.
  preprocessed = std::regex_replace(preprocessed, std::regex("(^|\n)#[^\n]*"), "\n");
  static const std::regex kernel(
      "__emulation_global__\\s+(?:__emulation_bounds__\\(\\(([^()]*(?:\\([^()]*\\)[^()]*)*)\\)\\)\\s*)?void\\s+"
      "(?:__emulation_bounds__\\(\\(([^()]*(?:\\([^()]*\\)[^()]*)*)\\)\\)\\s*)?([A-Za-z_][A-Za-z_0-9]*)\\s*\\(");
  std::string result;
  std::vector<std::string> seen;
  for (std::sregex_iterator match(preprocessed.begin(), preprocessed.end(), kernel), end; match != end; ++match) {
    std::string name = (*match)[3];
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
    seen.push_back(name);
    std::string bounds = (*match)[1].matched ? (*match)[1] : (*match)[2].matched ? (*match)[2] : std::string("1024");
    result += "EMULATION_KERNEL(" + name + ", (" + bounds + "))\n";
  }
  return result;
}

fs::path folder_of_this_library() {
  Dl_info info;
  dladdr(reinterpret_cast<void*>(&folder_of_this_library), &info);
  return fs::absolute(info.dli_fname).parent_path();
}

struct TemporaryFolder {
  fs::path path;
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "emulated-nvrtc-XXXXXX").string();
    if (mkdtemp(name.data())) path = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path.empty()) fs::remove_all(path, ignored);
  }
};

}  // namespace

const std::vector<int>& supported_architectures() {
  static const std::vector<int> all = {50, 52, 53, 60, 61, 62, 70, 72, 75, 80, 86, 87, 89, 90, 100, 101, 103, 120, 121};
  return all;
}

Outcome compile(Program& program, const std::vector<std::string>& given) {
  Options options = parse(given);
  if (!options.error.empty()) {
    program.log = options.error;
    return Outcome::BAD_OPTION;
  }
  TemporaryFolder folder;
  if (folder.path.empty()) return Outcome::FAILED;
  const fs::path source = folder.path / "source" / fs::path(program.name).filename(), output = folder.path / "output";
  for (auto& [name, text] : program.headers) write(folder.path / "source" / fs::path(name).relative_path(), text);
  write(source, program.source);

  const char* compiler = getenv("EMULATOR_CXX");
  // Strict arithmetic: nothing contracted, nothing reordered. Misaligned accesses and indices outside of an array
  // with known size, which x86 would let pass, trap.
  std::vector<std::string> base = {compiler ? compiler : "g++", "-x", "c++", "-std=gnu++17", "-nostdinc", "-w",
                                   "-fno-diagnostics-color", "-I" + folder_of_this_library().string(), "-include",
                                   "emulation.h", "-I" + (folder.path / "source").string(),
                                   "-DEMULATION_ARCHITECTURE=" + std::to_string(options.architecture)};
  base.insert(base.end(), options.forwarded.begin(), options.forwarded.end());
  auto extended = [&](std::vector<std::string> more) {
    more.insert(more.begin(), base.begin(), base.end());
    return more;
  };
  std::string quoted = "\"" + source.string() + "\"\n";
  write(folder.path / "main.cpp", "namespace {\n#include " + quoted + "}\n");
  const std::string input = (folder.path / "main.cpp").string();
  int status = run(extended({"-DEMULATION_SCAN", "-E", input, "-o", output.string()}), folder.path / "log");
  if (status == 0) {
    std::string calls = wrappers(read(output));
    write(folder.path / "main.cpp", "namespace {\n#include " + quoted + "}\n" + calls);
    std::vector<std::string> command = extended(
        {"-O2", "-fPIC", "-shared", "-fvisibility=hidden", "-fno-gnu-unique", "-fno-exceptions", "-fno-rtti", "-fwrapv",
         "-fno-strict-aliasing", "-ffp-contract=off", "-fno-math-errno", "-fno-stack-protector",
         "-fsanitize=alignment,bounds", "-fsanitize-undefined-trap-on-error"});
#if defined(__x86_64__)
    if (__builtin_cpu_supports("fma") && __builtin_cpu_supports("avx2")) {
      command.push_back("-mfma");
      command.push_back("-mavx2");
    }
#endif
    command.insert(command.end(), {input, "-o", output.string(), "-lm"});
    status = run(command, folder.path / "log");
  }
  program.log = read(folder.path / "log");
  const std::string prefix = (folder.path / "source").string() + "/";
  for (size_t at; (at = program.log.find(prefix)) != std::string::npos;) program.log.erase(at, prefix.size());
  if (status != 0) {
    if (program.log.empty()) program.log = "nvrtc: error: g++ could not be run\n";
    return Outcome::BAD_SOURCE;
  }
  if (options.binary) program.cubin = read(output);
  program.ptx = ".version 8.8\n.target sm_" + std::to_string(options.architecture) + "\n.address_size 64\n";
  return Outcome::COMPILED;
}
