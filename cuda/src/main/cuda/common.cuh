// Included before every kernel file. REAL is float or double; every kernel is compiled once for each.
#ifndef NOISESCAPE_COMMON_CUH
#define NOISESCAPE_COMMON_CUH

typedef REAL real;
typedef unsigned int uint32;
typedef unsigned long long uint64;
typedef long long int64;

#define KERNEL extern "C" __global__ void

// A kernel for blocks of up to so many threads.
#define KERNEL_OF(threads) extern "C" __global__ void __launch_bounds__(threads)

// Shared memory whose size is given at launch.
#ifndef DYNAMIC_SHARED
#define DYNAMIC_SHARED(type, name)                                  \
  extern __shared__ __align__(16) unsigned char noisescape_shared[]; \
  type* name = reinterpret_cast<type*>(noisescape_shared)
#endif

#endif
