// Mathematical functions with the overloads of CUDA. Values are those of the C library, which differ from a device's in
// the last places.
#ifndef EMULATION_MATH_H
#define EMULATION_MATH_H

#define EMULATION_UNARY(name)                                     \
  inline double name(double x) { return __builtin_##name(x); }    \
  inline float name(float x) { return __builtin_##name##f(x); }   \
  inline float name##f(float x) { return __builtin_##name##f(x); }
#define EMULATION_BINARY(name)                                                        \
  inline double name(double x, double y) { return __builtin_##name(x, y); }           \
  inline float name(float x, float y) { return __builtin_##name##f(x, y); }           \
  inline float name##f(float x, float y) { return __builtin_##name##f(x, y); }

namespace {

EMULATION_UNARY(sqrt)
EMULATION_UNARY(exp)
EMULATION_UNARY(exp2)
EMULATION_UNARY(exp10)
EMULATION_UNARY(expm1)
EMULATION_UNARY(log)
EMULATION_UNARY(log2)
EMULATION_UNARY(log10)
EMULATION_UNARY(log1p)
EMULATION_UNARY(sin)
EMULATION_UNARY(cos)
EMULATION_UNARY(tan)
EMULATION_UNARY(asin)
EMULATION_UNARY(acos)
EMULATION_UNARY(atan)
EMULATION_UNARY(sinh)
EMULATION_UNARY(cosh)
EMULATION_UNARY(tanh)
EMULATION_UNARY(asinh)
EMULATION_UNARY(acosh)
EMULATION_UNARY(atanh)
EMULATION_UNARY(erf)
EMULATION_UNARY(erfc)
EMULATION_UNARY(tgamma)
EMULATION_UNARY(lgamma)
EMULATION_UNARY(cbrt)
EMULATION_UNARY(floor)
EMULATION_UNARY(ceil)
EMULATION_UNARY(trunc)
EMULATION_UNARY(round)
EMULATION_UNARY(rint)
EMULATION_UNARY(nearbyint)
EMULATION_UNARY(fabs)
EMULATION_UNARY(logb)
EMULATION_BINARY(pow)
EMULATION_BINARY(fmod)
EMULATION_BINARY(atan2)
EMULATION_BINARY(hypot)
EMULATION_BINARY(fmin)
EMULATION_BINARY(fmax)
EMULATION_BINARY(copysign)
EMULATION_BINARY(fdim)
EMULATION_BINARY(remainder)
EMULATION_BINARY(nextafter)

// Fused whatever the flags of the compiler are.
inline double fma(double x, double y, double z) { return __builtin_fma(x, y, z); }
inline float fma(float x, float y, float z) { return __builtin_fmaf(x, y, z); }
inline float fmaf(float x, float y, float z) { return __builtin_fmaf(x, y, z); }
inline float __fmaf_rn(float x, float y, float z) { return __builtin_fmaf(x, y, z); }
inline double __fma_rn(double x, double y, double z) { return __builtin_fma(x, y, z); }

inline double rsqrt(double x) { return 1.0 / __builtin_sqrt(x); }
inline float rsqrt(float x) { return static_cast<float>(1.0 / __builtin_sqrt(x)); }
inline float rsqrtf(float x) { return rsqrt(x); }

inline double normcdf(double x) { return 0.5 * __builtin_erfc(-x * 0.70710678118654752440); }
inline float normcdff(float x) { return static_cast<float>(normcdf(static_cast<double>(x))); }
inline float normcdf(float x) { return normcdff(x); }

// Through the nearest multiple of a quarter turn, so that multiples of one half are exact.
inline void emulation_sincospi(double x, double* sine, double* cosine) {
  double quarters = __builtin_rint(2 * x), rest = (x - quarters / 2) * 3.14159265358979323846;
  double s = __builtin_sin(rest), c = __builtin_cos(rest);
  switch (static_cast<long long>(__builtin_fmod(quarters, 4)) & 3) {
    case 0: *sine = s, *cosine = c; break;
    case 1: *sine = c, *cosine = -s; break;
    case 2: *sine = -s, *cosine = -c; break;
    default: *sine = -c, *cosine = s;
  }
}
inline void sincospi(double x, double* sine, double* cosine) { emulation_sincospi(x, sine, cosine); }
inline void sincospif(float x, float* sine, float* cosine) {
  double s, c;
  emulation_sincospi(x, &s, &c);
  *sine = static_cast<float>(s), *cosine = static_cast<float>(c);
}
inline void sincospi(float x, float* sine, float* cosine) { sincospif(x, sine, cosine); }
inline double sinpi(double x) { double s, c; emulation_sincospi(x, &s, &c); return s; }
inline double cospi(double x) { double s, c; emulation_sincospi(x, &s, &c); return c; }
inline float sinpi(float x) { return static_cast<float>(sinpi(static_cast<double>(x))); }
inline float cospi(float x) { return static_cast<float>(cospi(static_cast<double>(x))); }
inline float sinpif(float x) { return sinpi(x); }
inline float cospif(float x) { return cospi(x); }
inline void sincos(double x, double* sine, double* cosine) { *sine = __builtin_sin(x), *cosine = __builtin_cos(x); }
inline void sincosf(float x, float* sine, float* cosine) { *sine = __builtin_sinf(x), *cosine = __builtin_cosf(x); }
inline void sincos(float x, float* sine, float* cosine) { sincosf(x, sine, cosine); }

inline double ldexp(double x, int n) { return __builtin_ldexp(x, n); }
inline float ldexp(float x, int n) { return __builtin_ldexpf(x, n); }
inline float ldexpf(float x, int n) { return __builtin_ldexpf(x, n); }
inline double scalbn(double x, int n) { return __builtin_scalbn(x, n); }
inline float scalbn(float x, int n) { return __builtin_scalbnf(x, n); }
inline double frexp(double x, int* n) { return __builtin_frexp(x, n); }
inline float frexp(float x, int* n) { return __builtin_frexpf(x, n); }
inline float frexpf(float x, int* n) { return __builtin_frexpf(x, n); }
inline double nan(const char*) { return __builtin_nan(""); }
inline float nanf(const char*) { return __builtin_nanf(""); }
inline int ilogb(double x) { return __builtin_ilogb(x); }
inline int ilogb(float x) { return __builtin_ilogbf(x); }
inline long long llrint(double x) { return __builtin_llrint(x); }
inline long long llrint(float x) { return __builtin_llrintf(x); }
inline long long llround(double x) { return __builtin_llround(x); }
inline long long llround(float x) { return __builtin_llroundf(x); }
inline long lrint(double x) { return __builtin_lrint(x); }
inline long lrint(float x) { return __builtin_lrintf(x); }
inline double modf(double x, double* whole) { return __builtin_modf(x, whole); }
inline float modff(float x, float* whole) { return __builtin_modff(x, whole); }

inline bool isnan(double x) { return __builtin_isnan(x); }
inline bool isnan(float x) { return __builtin_isnan(x); }
inline bool isinf(double x) { return __builtin_isinf(x) != 0; }
inline bool isinf(float x) { return __builtin_isinf(x) != 0; }
inline bool isfinite(double x) { return __builtin_isfinite(x); }
inline bool isfinite(float x) { return __builtin_isfinite(x); }
inline bool signbit(double x) { return __builtin_signbit(x); }
inline bool signbit(float x) { return __builtin_signbit(x); }
inline float __saturatef(float x) { return x > 0 ? x < 1 ? x : 1.0f : 0.0f; }

inline double abs(double x) { return __builtin_fabs(x); }
inline float abs(float x) { return __builtin_fabsf(x); }
inline int abs(int x) { return x < 0 ? -x : x; }
inline long abs(long x) { return x < 0 ? -x : x; }
inline long long abs(long long x) { return x < 0 ? -x : x; }

// The number wins over a NaN, as in CUDA.
inline float min(float x, float y) { return __builtin_fminf(x, y); }
inline float max(float x, float y) { return __builtin_fmaxf(x, y); }
#define EMULATION_EXTREMES(R, A, B)                                                                              \
  inline R min(A x, B y) { return static_cast<R>(x) < static_cast<R>(y) ? static_cast<R>(x) : static_cast<R>(y); } \
  inline R max(A x, B y) { return static_cast<R>(x) > static_cast<R>(y) ? static_cast<R>(x) : static_cast<R>(y); }
EMULATION_EXTREMES(int, int, int)
EMULATION_EXTREMES(unsigned, unsigned, unsigned)
EMULATION_EXTREMES(unsigned, unsigned, int)
EMULATION_EXTREMES(unsigned, int, unsigned)
EMULATION_EXTREMES(long, long, long)
EMULATION_EXTREMES(unsigned long, unsigned long, unsigned long)
EMULATION_EXTREMES(unsigned long, unsigned long, long)
EMULATION_EXTREMES(unsigned long, long, unsigned long)
EMULATION_EXTREMES(long long, long long, long long)
EMULATION_EXTREMES(unsigned long long, unsigned long long, unsigned long long)
EMULATION_EXTREMES(unsigned long long, unsigned long long, long long)
EMULATION_EXTREMES(unsigned long long, long long, unsigned long long)
#undef EMULATION_EXTREMES
#define EMULATION_EXTREMES(A, B)                                          \
  inline double min(A x, B y) { return __builtin_fmin(x, y); }            \
  inline double max(A x, B y) { return __builtin_fmax(x, y); }
EMULATION_EXTREMES(double, double)
EMULATION_EXTREMES(double, float)
EMULATION_EXTREMES(float, double)
#undef EMULATION_EXTREMES
#undef EMULATION_UNARY
#undef EMULATION_BINARY

inline int __popc(unsigned x) { return __builtin_popcount(x); }
inline int __popcll(unsigned long long x) { return __builtin_popcountll(x); }
inline int __clz(int x) { return x ? __builtin_clz(static_cast<unsigned>(x)) : 32; }
inline int __clzll(long long x) { return x ? __builtin_clzll(static_cast<unsigned long long>(x)) : 64; }
inline int __ffs(int x) { return __builtin_ffs(x); }
inline int __ffsll(long long x) { return __builtin_ffsll(x); }
inline unsigned __umulhi(unsigned x, unsigned y) { return static_cast<unsigned>(static_cast<unsigned long long>(x) * y >> 32); }
inline int __mulhi(int x, int y) { return static_cast<int>(static_cast<long long>(x) * y >> 32); }
inline unsigned long long __umul64hi(unsigned long long x, unsigned long long y) {
  return static_cast<unsigned long long>(static_cast<unsigned __int128>(x) * y >> 64);
}
inline long long __mul64hi(long long x, long long y) { return static_cast<long long>(static_cast<__int128>(x) * y >> 64); }

template <class To, class From>
To emulation_bits(From value) {
  static_assert(sizeof(To) == sizeof(From), "same size");
  To result;
  __builtin_memcpy(&result, &value, sizeof result);
  return result;
}
inline int __float_as_int(float x) { return emulation_bits<int>(x); }
inline unsigned __float_as_uint(float x) { return emulation_bits<unsigned>(x); }
inline float __int_as_float(int x) { return emulation_bits<float>(x); }
inline float __uint_as_float(unsigned x) { return emulation_bits<float>(x); }
inline long long __double_as_longlong(double x) { return emulation_bits<long long>(x); }
inline double __longlong_as_double(long long x) { return emulation_bits<double>(x); }

// Every operation of the emulation rounds to nearest and none is contracted.
inline float __double2float_rn(double x) { return static_cast<float>(x); }
inline float __int2float_rn(int x) { return static_cast<float>(x); }
inline float __uint2float_rn(unsigned x) { return static_cast<float>(x); }
inline double __int2double_rn(int x) { return x; }
inline double __ull2double_rn(unsigned long long x) { return static_cast<double>(x); }
inline int __float2int_rn(float x) { return static_cast<int>(__builtin_rintf(x)); }
inline float __fadd_rn(float x, float y) { return x + y; }
inline float __fsub_rn(float x, float y) { return x - y; }
inline float __fmul_rn(float x, float y) { return x * y; }
inline float __fdiv_rn(float x, float y) { return x / y; }
inline float __frcp_rn(float x) { return 1 / x; }
inline float __fsqrt_rn(float x) { return __builtin_sqrtf(x); }
inline double __dadd_rn(double x, double y) { return x + y; }
inline double __dsub_rn(double x, double y) { return x - y; }
inline double __dmul_rn(double x, double y) { return x * y; }
inline double __ddiv_rn(double x, double y) { return x / y; }
inline double __dsqrt_rn(double x) { return __builtin_sqrt(x); }

}  // namespace

#endif
