package org.noisescape.cuda.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.cuda.device.Sass.Kind;
import org.noisescape.cuda.device.Sass.Stretch;

/** Instructions are told apart: kernels whose instructions are known, on every architecture. */
@Tag("nvrtc")
class SassTest {
  private static final String KERNELS =
      """
      template <class T> __device__ void chain(T* x) {
        T a = x[0];
        T b = x[1];
        T c = x[2];
      #pragma unroll
        for (int i = 0; i < 40; i++) a = fma(a, b, c);
        x[3] = a;
      }
      extern "C" __global__ void products(float* x) { chain(x); }
      extern "C" __global__ void wide_products(double* x) { chain(x); }
      extern "C" __global__ void shared_loads(float* x) {
        __shared__ volatile float board[64];
        board[threadIdx.x] = x[threadIdx.x];
        float sum = 0;
      #pragma unroll
        for (int i = 0; i < 23; i++) sum += board[(threadIdx.x + i * 5) % 64];
        x[threadIdx.x] = sum;
      }
      extern "C" __global__ void exchanges(float* x) {
        float a = x[threadIdx.x];
      #pragma unroll
        for (int i = 0; i < 7; i++) a += __shfl_xor_sync(0xffffffffu, a, i + 1);
        x[threadIdx.x] = a;
      }
      extern "C" __global__ void barriers(float* x) {
        __shared__ volatile float board[64];
      #pragma unroll
        for (int i = 0; i < 3; i++) {
          board[threadIdx.x] = x[threadIdx.x + i];
          __syncthreads();
          x[threadIdx.x + i] = board[63 - threadIdx.x];
          __syncthreads();
        }
      }
      extern "C" __global__ void spills(float* x, int n) {
        volatile float own[50];
        for (int i = 0; i < n; i++) own[i] = x[i];
        x[0] = own[n / 2];
      }
      extern "C" __global__ void loop(float* x, int n) {
        float a = x[0];
      #pragma unroll 1
        for (int i = 0; i < n; i++) {
          float b = x[2 * i];
          float c = x[2 * i + 1];
      #pragma unroll
          for (int j = 0; j < 11; j++) a = fma(a, b, c);
        }
        x[0] = a;
      }
      """;

  @ParameterizedTest
  @ValueSource(ints = {75, 80, 86, 89, 90, 100, 120})
  void instructionsAreCountedByWhatTheyDo(int capability) {
    byte[] image =
        RealCompiler.require(capability)
            .compile("known.cu", KERNELS, Map.of(), "sm_" + capability, List.of("--std=c++17"));
    Map<String, Cubin.Code> kernels = Cubin.kernels(image);
    assertThat(whole(kernels, "products", capability).of(Kind.FMA)).isEqualTo(40);
    assertThat(whole(kernels, "products", capability).of(Kind.GLOBAL_LOAD)).isEqualTo(3);
    assertThat(whole(kernels, "wide_products", capability).of(Kind.FMA)).isEqualTo(40);
    assertThat(whole(kernels, "shared_loads", capability).of(Kind.SHARED_LOAD)).isEqualTo(23);
    assertThat(whole(kernels, "exchanges", capability).of(Kind.SHUFFLE)).isEqualTo(7);
    assertThat(whole(kernels, "barriers", capability).of(Kind.BARRIER)).isEqualTo(6);
    assertThat(whole(kernels, "spills", capability).of(Kind.LOCAL)).isGreaterThan(1);
    assertThat(kernels.get("spills").localBytes()).isEqualTo(200);
    assertThat(kernels.get("products").localBytes()).isZero();
    List<Stretch> loops = new Sass(kernels.get("loop").code(), capability).innermostLoops();
    assertThat(loops).hasSize(1);
    assertThat(loops.getFirst().of(Kind.FMA)).isEqualTo(11);
    assertThat(loops.getFirst().of(Kind.GLOBAL_LOAD)).isEqualTo(2);
  }

  private static Stretch whole(Map<String, Cubin.Code> kernels, String name, int capability) {
    return new Sass(kernels.get(name).code(), capability).all();
  }
}
