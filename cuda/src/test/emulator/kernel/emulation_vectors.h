// Vector types with the alignments of CUDA.
#ifndef EMULATION_VECTORS_H
#define EMULATION_VECTORS_H

#define EMULATION_VECTORS(T, name)                                                              \
  struct name##1 { T x; };                                                                      \
  struct alignas(2 * sizeof(T)) name##2 { T x, y; };                                            \
  struct alignas(4 * sizeof(T) < 16 ? 4 * sizeof(T) : 16) name##4 { T x, y, z, w; };            \
  inline name##1 make_##name##1(T x) { return {x}; }                                            \
  inline name##2 make_##name##2(T x, T y) { return {x, y}; }                                    \
  inline name##4 make_##name##4(T x, T y, T z, T w) { return {x, y, z, w}; }
#define EMULATION_TRIPLE(T, name)                                                               \
  struct name##3 { T x, y, z; };                                                                \
  inline name##3 make_##name##3(T x, T y, T z) { return {x, y, z}; }

namespace {

EMULATION_VECTORS(float, float)
EMULATION_TRIPLE(float, float)
EMULATION_VECTORS(double, double)
EMULATION_TRIPLE(double, double)
EMULATION_VECTORS(int, int)
EMULATION_TRIPLE(int, int)
EMULATION_VECTORS(unsigned, uint)
EMULATION_VECTORS(long long, longlong)
EMULATION_TRIPLE(long long, longlong)
EMULATION_VECTORS(unsigned long long, ulonglong)
EMULATION_TRIPLE(unsigned long long, ulonglong)
EMULATION_VECTORS(unsigned char, uchar)
EMULATION_TRIPLE(unsigned char, uchar)
EMULATION_VECTORS(signed char, char)
EMULATION_TRIPLE(signed char, char)
EMULATION_VECTORS(short, short)
EMULATION_TRIPLE(short, short)
EMULATION_VECTORS(unsigned short, ushort)
EMULATION_TRIPLE(unsigned short, ushort)
inline uint3 make_uint3(unsigned x, unsigned y, unsigned z) { return {x, y, z}; }
#undef EMULATION_VECTORS
#undef EMULATION_TRIPLE

}  // namespace

#endif
