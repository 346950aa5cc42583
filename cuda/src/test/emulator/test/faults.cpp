// Tests of what a wrong kernel leads to.
#include <sys/wait.h>
#include <unistd.h>

#include "self_test.h"

namespace {

void finds_illegal_accesses(CUmodule module) {
  // 1024 bytes are a multiple of 256: the guard page follows at once.
  Buffer<float> x(256);
  launch(module, "behind_the_end", 1, 1, 0, x.address, 256);
  check(cuStreamSynchronize(nullptr) == CUDA_ERROR_ILLEGAL_ADDRESS, "an access behind the end is found");
  size_t bytes;
  check(cuMemGetInfo_v2(&bytes, &bytes) == CUDA_ERROR_ILLEGAL_ADDRESS, "the error is sticky");
  emulator_reset();
  x.again();
  launch(module, "misaligned", 1, 1, 0, x.address);
  check(cuStreamSynchronize(nullptr) == CUDA_ERROR_MISALIGNED_ADDRESS, "a misaligned access is found");
  emulator_reset();
  x.again();
  launch(module, "out_of_shared", 1, 1, 0, x.address, 8);
  check(cuStreamSynchronize(nullptr) != 0, "an index outside of a shared array is found");
  emulator_reset();
  x.again();
  {
    Buffer<float> small(3);
    launch(module, "behind_the_end", 1, 1, 0, small.address, 3);
    check(cuStreamSynchronize(nullptr) == 0, "inside of the padding nothing is found at once");
    check(cuMemFree_v2(small.address) == CUDA_ERROR_ILLEGAL_ADDRESS, "but when the memory is freed");
    emulator_reset();
    check(cuMemFree_v2(small.address) == CUDA_ERROR_INVALID_VALUE, "double free is found");
    small.address = 0;
  }
  x.again();
  Buffer<int> zeros(std::vector<int>(3, 0));
  launch(module, "asserts", 1, 1, 0, zeros.address);
  check(cuStreamSynchronize(nullptr) == CUDA_ERROR_ASSERT, "an assertion that fails");
  emulator_reset();
  zeros.again();
  cuMemsetD32Async(zeros.address, 0, 3, nullptr);
  launch(module, "divides", 1, 1, 0, zeros.address);
  check(cuStreamSynchronize(nullptr) == CUDA_ERROR_LAUNCH_FAILED, "a division by zero");
  emulator_reset();
  zeros.address = 0;
  x.again();
  check(cuMemcpyDtoDAsync_v2(x.address, x.address + 4, 1024, nullptr) == CUDA_ERROR_INVALID_VALUE, "copies are checked");
  launch(module, "scale", 1, 32, 0, x.address, 1.0f, 256ull);
  check(cuStreamSynchronize(nullptr) == 0, "kernels run again after a reset");
}

void finds_deadlocks(CUmodule module) {
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    fclose(stderr);
    Buffer<float> x(1);
    launch(module, "deadlock", 1, 32, 0, x.address);
    _exit(0);
  }
  int status;
  waitpid(child, &status, 0);
  check(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT, "a deadlock aborts");
}

}  // namespace

void test_faults(CUmodule module) {
  finds_illegal_accesses(module);
  finds_deadlocks(module);
}
