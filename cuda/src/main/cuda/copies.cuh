// Copies from global to shared memory that go on while the thread computes; plain ones before Ampere.
#ifndef NOISESCAPE_COPIES_CUH
#define NOISESCAPE_COPIES_CUH

#ifndef COPY_ASYNCHRONOUSLY
#if __CUDA_ARCH__ >= 800
#define COPY_ASYNCHRONOUSLY(bytes, to, from)                                          \
  asm volatile("cp.async.ca.shared.global [%0], [%1], %2;" ::"r"(                      \
                   (unsigned)__cvta_generic_to_shared(to)),                            \
               "l"(from), "n"(bytes)                                                   \
               : "memory")
#define WAIT_FOR_COPIES() asm volatile("cp.async.wait_all;" ::: "memory")
#else
#define COPY_ASYNCHRONOUSLY(bytes, to, from) copy_bytes<bytes>(to, from)
#define WAIT_FOR_COPIES() ((void)0)
#endif
#endif

template <int BYTES>
struct Bytes;
template <>
struct Bytes<4> {
  typedef uint32 type;
};
template <>
struct Bytes<8> {
  typedef uint64 type;
};
template <>
struct Bytes<16> {
  typedef uint4 type;
};

template <int BYTES>
__device__ __forceinline__ void copy_bytes(void* to, const void* from) {
  typedef typename Bytes<BYTES>::type Part;
  *static_cast<Part*>(to) = *static_cast<const Part*>(from);
}

// Seen by this thread after wait_for_copies, by others after a barrier behind it.
template <int BYTES>
__device__ __forceinline__ void copy_asynchronously(void* to, const void* from) {
  COPY_ASYNCHRONOUSLY(BYTES, to, from);
}

__device__ __forceinline__ void wait_for_copies() { WAIT_FOR_COPIES(); }

#endif
