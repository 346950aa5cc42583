// Exported by the emulated driver for tests and for the other emulated libraries.
#ifndef EMULATOR_H
#define EMULATOR_H
#include <cstddef>

#define EMULATOR_EXPORT extern "C" __attribute__((visibility("default")))

// For tests.
EMULATOR_EXPORT const char* emulator_log();
EMULATOR_EXPORT void emulator_clear_log();
EMULATOR_EXPORT void emulator_log_enabled(int enabled);
// The (after + 1)-th next call of that name returns status and does nothing; may be said of several calls.
EMULATOR_EXPORT void emulator_fail(const char* call, int status, int after);
// Forgets planned failures and a sticky error; with the latter all device memory, as the end of a process does.
EMULATOR_EXPORT void emulator_reset();
// Gives back the memory that is still taken, as the end of a process does.
EMULATOR_EXPORT void emulator_give_back();
// Changes a variable EMULATOR_... of the environment for this process; null removes it.
EMULATOR_EXPORT void emulator_set(const char* variable, const char* value);
// Bytes and number of the allocations alive.
EMULATOR_EXPORT size_t emulator_allocated_bytes();
EMULATOR_EXPORT size_t emulator_allocations();

// For the other libraries. Logs a call; returns the status that a test planned for it, else 0.
EMULATOR_EXPORT int emulator_enter(const char* call, const char* format, ...);
// Runs now, or records a node if the stream captures. `run` returns a CUresult; `release` frees data. Returns a CUresult.
EMULATOR_EXPORT int emulator_enqueue(void* stream, const char* name, int (*run)(void*), void* data, void (*release)(void*));
// A call that is forbidden while this thread captures (in a mode other than relaxed): 0 or a CUresult.
EMULATOR_EXPORT int emulator_forbidden_in_capture();
// A library waits for the device, as they do when they first load a kernel: 0, or a CUresult where a stream captures.
EMULATOR_EXPORT int emulator_synchronises();
// Whether the bytes lie in one allocation.
EMULATOR_EXPORT int emulator_on_device(const void* begin, size_t bytes);

#endif
