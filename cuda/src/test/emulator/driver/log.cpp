// Call log, planned failures, sticky errors.
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <vector>

#include "driver.h"

namespace {

struct Failure {
  int status, after;
};

std::string log_text, log_snapshot;
bool log_on = false;
std::map<std::string, std::vector<Failure>> failures;
CUresult sticky = CUDA_SUCCESS;

int record(const char* call, const char* format, va_list arguments) {
  if (log_on) {
    char numbers[512];
    vsnprintf(numbers, sizeof numbers, format, arguments);
    log_text += call;
    if (*numbers) log_text += std::string(" ") + numbers;
    log_text += '\n';
  }
  auto planned = failures.find(call);
  if (planned == failures.end()) return 0;
  int status = 0;
  for (Failure& failure : planned->second) {
    if (failure.after-- == 0) status = failure.status;
  }
  return status;
}

// These make a context useless until it is destroyed.
bool is_sticky(int status) { return status >= 700 && status < 720 && status != 701 && status != 708 && status != 709; }

}  // namespace

bool failure_is_due(const char* call) {
  auto planned = failures.find(call);
  if (planned == failures.end()) return false;
  for (const Failure& failure : planned->second) {
    if (failure.after == 0) return true;
  }
  return false;
}

std::recursive_mutex& driver_lock() {
  static std::recursive_mutex lock;
  return lock;
}

const char* setting(const char* name, const char* fallback) {
  const char* value = getenv(name);
  return value && *value ? value : fallback;
}

void set_sticky(CUresult error) {
  if (sticky == CUDA_SUCCESS) sticky = error;
}

CUresult sticky_error() { return sticky; }

CUresult enter(bool needs_context, const char* call, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int planned = record(call, format, arguments);
  va_end(arguments);
  if (is_sticky(planned)) set_sticky(static_cast<CUresult>(planned));
  if (planned) return static_cast<CUresult>(planned);
  if (!initialised()) return CUDA_ERROR_NOT_INITIALIZED;
  if (!needs_context) return CUDA_SUCCESS;
  if (!current_context()) return CUDA_ERROR_INVALID_CONTEXT;
  return sticky;
}

const char* emulator_log() {
  std::lock_guard<std::recursive_mutex> guard(driver_lock());
  log_snapshot = log_text;
  return log_snapshot.c_str();
}

void emulator_clear_log() {
  std::lock_guard<std::recursive_mutex> guard(driver_lock());
  log_text.clear();
}

void emulator_log_enabled(int enabled) {
  std::lock_guard<std::recursive_mutex> guard(driver_lock());
  log_on = enabled != 0;
}

void emulator_fail(const char* call, int status, int after) {
  std::lock_guard<std::recursive_mutex> guard(driver_lock());
  failures[call].push_back(Failure{status, after});
}

void emulator_reset() {
  std::lock_guard<std::recursive_mutex> guard(driver_lock());
  failures.clear();
  end_captures();
  if (sticky) give_back_all();
  sticky = CUDA_SUCCESS;
}

void emulator_give_back() {
  std::lock_guard<std::recursive_mutex> guard(driver_lock());
  give_back_all();
}

void emulator_set(const char* variable, const char* value) {
  std::lock_guard<std::recursive_mutex> guard(driver_lock());
  if (value) {
    setenv(variable, value, 1);
  } else {
    unsetenv(variable);
  }
}

int emulator_enter(const char* call, const char* format, ...) {
  std::lock_guard<std::recursive_mutex> guard(driver_lock());
  va_list arguments;
  va_start(arguments, format);
  int planned = record(call, format, arguments);
  va_end(arguments);
  return planned;
}
