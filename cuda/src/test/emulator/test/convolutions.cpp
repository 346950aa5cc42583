// Tests of the emulated cuDNN against plain loops.
#include <cmath>

#include "self_test.h"

extern "C" {
int cudnnCreate(void**);
int cudnnDestroy(void*);
int cudnnCreateTensorDescriptor(void**);
int cudnnSetTensor4dDescriptor(void*, int, int, int, int, int, int);
int cudnnCreateFilterDescriptor(void**);
int cudnnSetFilter4dDescriptor(void*, int, int, int, int, int, int);
int cudnnCreateConvolutionDescriptor(void**);
int cudnnSetConvolution2dDescriptor(void*, int, int, int, int, int, int, int, int);
int cudnnGetConvolution2dForwardOutputDim(void*, void*, void*, int*, int*, int*, int*);
int cudnnGetConvolutionForwardWorkspaceSize(void*, void*, void*, void*, void*, int, size_t*);
int cudnnConvolutionForward(void*, const void*, void*, const void*, void*, const void*, void*, int, void*, size_t, const void*,
                            void*, void*);
int cudnnConvolutionBackwardData(void*, const void*, void*, const void*, void*, const void*, void*, int, void*, size_t,
                                 const void*, void*, void*);
int cudnnConvolutionBackwardFilter(void*, const void*, void*, const void*, void*, const void*, void*, int, void*, size_t,
                                   const void*, void*, void*);
int cudnnSetConvolutionMathType(void*, int);
int cudnnDestroyTensorDescriptor(void*);
int cudnnDestroyFilterDescriptor(void*);
int cudnnDestroyConvolutionDescriptor(void*);
}

namespace {

struct Shape {
  int n, c, h, w;
  size_t size() const { return size_t(n) * c * h * w; }
  size_t at(int format, int i, int j, int k, int l) const {
    return format ? ((size_t(i) * h + k) * w + l) * c + j : ((size_t(i) * c + j) * h + k) * w + l;
  }
};

std::vector<double> ramp(size_t n, int step) {
  std::vector<double> values(n);
  for (size_t i = 0; i < n; i++) values[i] = double((i * step) % 23) - 11;  // integers: all sums are exact
  return values;
}

// The three passes by their common sum over y[n,k,i,j], x[n,c,h,w], f[k,c,r,s].
template <class F>
void for_terms(int format, Shape x, Shape f, Shape y, int pad, int stride, F term) {
  for (int n = 0; n < y.n; n++)
    for (int k = 0; k < y.c; k++)
      for (int i = 0; i < y.h; i++)
        for (int j = 0; j < y.w; j++)
          for (int c = 0; c < f.c; c++)
            for (int r = 0; r < f.h; r++)
              for (int s = 0; s < f.w; s++) {
                int h = i * stride - pad + r, w = j * stride - pad + s;
                if (h < 0 || h >= x.h || w < 0 || w >= x.w) continue;
                term(y.at(format, n, k, i, j), x.at(format, n, c, h, w), f.at(format, k, c, r, s));
              }
}

void passes(void* handle, int format, int pad, int stride) {
  const Shape x{3, 5, 9, 8}, f{4, 5, 3, 2};
  void *dx, *df, *dy, *dc;
  cudnnCreateTensorDescriptor(&dx);
  cudnnCreateTensorDescriptor(&dy);
  cudnnCreateFilterDescriptor(&df);
  cudnnCreateConvolutionDescriptor(&dc);
  check(cudnnSetTensor4dDescriptor(dx, format, 1, x.n, x.c, x.h, x.w) == 0, "tensor");
  check(cudnnSetFilter4dDescriptor(df, 1, format, f.n, f.c, f.h, f.w) == 0, "filter");
  check(cudnnSetConvolution2dDescriptor(dc, pad, pad, stride, stride, 1, 1, 1, 1) == 0, "convolution");
  Shape y;
  check(cudnnGetConvolution2dForwardOutputDim(dc, dx, df, &y.n, &y.c, &y.h, &y.w) == 0, "output");
  check(cudnnSetTensor4dDescriptor(dy, format, 1, y.n, y.c, y.h + 1, y.w) == 0, "tensor");
  size_t bytes = 0;
  check(cudnnGetConvolutionForwardWorkspaceSize(handle, dx, df, dc, dy, 1, &bytes) == 2000, "shapes must fit");
  cudnnSetTensor4dDescriptor(dy, format, 1, y.n, y.c, y.h, y.w);
  check(cudnnGetConvolutionForwardWorkspaceSize(handle, dx, df, dc, dy, 1, &bytes) == 0 && bytes > 0, "workspace");

  const std::vector<double> vx = ramp(x.size(), 7), vf = ramp(f.size(), 5), vy = ramp(y.size(), 3);
  std::vector<double> ey(y.size()), ex(x.size()), ef(f.size());
  for (size_t i = 0; i < ey.size(); i++) ey[i] = 2 * vy[i];
  for_terms(format, x, f, y, pad, stride, [&](size_t iy, size_t ix, size_t jf) {
    ey[iy] += vx[ix] * vf[jf];
    ex[ix] += vy[iy] * vf[jf];
    ef[jf] += vy[iy] * vx[ix];
  });
  Buffer<double> bx(vx), bf(vf), by(vy);
  Buffer<char> space(1 << 20);
  void* workspace = reinterpret_cast<void*>(space.address);
  auto at = [](Buffer<double>& buffer) { return reinterpret_cast<void*>(buffer.address); };
  const double one = 1, two = 2, zero = 0;
  {
    Buffer<double> out(vy);
    check(cudnnConvolutionForward(handle, &one, dx, at(bx), df, at(bf), dc, 1, workspace, bytes - 1, &two, dy, at(out)) == 2000,
          "the workspace must be large enough");
    check(cudnnConvolutionForward(handle, &one, dx, at(bx), df, at(bf), dc, 1, workspace, bytes, &two, dy, at(out)) == 0,
          "forward");
    check(out.read() == ey, "forward pass");
  }
  {
    Buffer<double> out(x.size());  // NaNs: beta = 0 must not read
    check(cudnnConvolutionBackwardData(handle, &one, df, at(bf), dy, at(by), dc, 1, workspace, 1 << 20, &zero, dx, at(out)) == 0,
          "backward");
    check(out.read() == ex, "backward pass of data");
  }
  {
    Buffer<double> out(f.size());
    check(cudnnConvolutionBackwardFilter(handle, &one, dx, at(bx), dy, at(by), dc, 1, workspace, 1 << 20, &zero, df, at(out)) ==
              0,
          "backward");
    check(out.read() == ef, "backward pass of filters");
  }
  cudnnDestroyTensorDescriptor(dx);
  cudnnDestroyTensorDescriptor(dy);
  cudnnDestroyFilterDescriptor(df);
  cudnnDestroyConvolutionDescriptor(dc);
}

// A single product of 1 + 2^-12 with itself.
void rounds_to_tf32(void* handle) {
  void *dx, *df, *dc;
  cudnnCreateTensorDescriptor(&dx);
  cudnnCreateFilterDescriptor(&df);
  cudnnCreateConvolutionDescriptor(&dc);
  cudnnSetTensor4dDescriptor(dx, 0, 0, 1, 1, 1, 1);
  cudnnSetFilter4dDescriptor(df, 0, 0, 1, 1, 1, 1);
  cudnnSetConvolution2dDescriptor(dc, 0, 0, 1, 1, 1, 1, 1, 0);
  const float value = 1 + 1.0f / 4096, one = 1, zero = 0;
  Buffer<float> x(std::vector<float>{value}), y(1), space(1024);
  auto at = [](Buffer<float>& buffer) { return reinterpret_cast<void*>(buffer.address); };
  for (int math : {0, 3}) {
    cudnnSetConvolutionMathType(dc, math);
    check(cudnnConvolutionForward(handle, &one, dx, at(x), df, at(x), dc, 1, at(space), 4096, &zero, dx, at(y)) == 0, "forward");
    check(y.read()[0] == (math == 3 ? value * value : 1.0f), "TF32 unless FMA is asked for");
  }
  cudnnDestroyTensorDescriptor(dx);
  cudnnDestroyFilterDescriptor(df);
  cudnnDestroyConvolutionDescriptor(dc);
}

}  // namespace

void test_convolutions() {
  void* handle;
  check(cudnnCreate(&handle) == 0, "cuDNN");
  for (int format : {0, 1}) {
    for (int stride : {1, 2, 3}) {
      for (int pad : {0, 1}) passes(handle, format, pad, stride);
    }
  }
  rounds_to_tf32(handle);
  check(cudnnDestroy(handle) == 0, "end of cuDNN");
}
