// Convolutions as matrix products of gathered patches: with P = (output pixels of an image) and Q = (c, r, s),
// Y = patches(X) W^T,  patches(Xbar) = Ybar W,  Wbar = sum over images of Ybar^T patches(X).
#include "convolution.h"

#include <algorithm>
#include <vector>

#include "../cublas/gemm.h"
#include "emulator.h"

namespace {

constexpr int kIllegalAddress = 700;

template <class T>
class Runner {
 public:
  explicit Runner(const Convolution& c)
      : c_(c), x_(static_cast<T*>(c.x_data)), w_(static_cast<T*>(c.w_data)), y_(static_cast<T*>(c.y_data)),
        pixels_(int64_t(c.y.h) * c.y.w), patch_(int64_t(c.w.c) * c.w.h * c.w.w), filters_(c.w.n),
        tf32_(c.geometry.math != CUDNN_FMA_MATH) {}

  void run() {
    switch (c_.pass) {
      case Pass::FORWARD: forward(); break;
      case Pass::BACKWARD_DATA: backward_data(); break;
      case Pass::BACKWARD_FILTER: backward_filter(); break;
    }
  }

 private:
  const Convolution& c_;
  T *x_, *w_, *y_;
  int64_t pixels_, patch_, filters_;
  bool tf32_;

  // Calls f(row of the patch matrix, its column, offset in x) for every element of x that a patch of image n contains.
  template <class F>
  void for_patches(int n, F f) const {
    const Geometry& g = c_.geometry;
    for (int64_t q = 0; q < patch_; q++) {
      const int s = q % c_.w.w, r = q / c_.w.w % c_.w.h, channel = q / c_.w.w / c_.w.h;
      for (int i = 0; i < c_.y.h; i++) {
        const int h = i * g.stride_h - g.pad_h + r;
        if (h < 0 || h >= c_.x.h) continue;
        for (int j = 0; j < c_.y.w; j++) {
          const int w = j * g.stride_w - g.pad_w + s;
          if (w >= 0 && w < c_.x.w) f(int64_t(i) * c_.y.w + j, q, c_.x.at(n, channel, h, w));
        }
      }
    }
  }

  std::vector<T> patches(int n) const {
    std::vector<T> result(pixels_ * patch_);
    for_patches(n, [&](int64_t row, int64_t column, int64_t offset) { result[row + column * pixels_] = x_[offset]; });
    return result;
  }

  // Column-major (Q, K).
  std::vector<T> filters() const {
    std::vector<T> result(patch_ * filters_);
    for_filters([&](int64_t element, int64_t offset) { result[element] = w_[offset]; });
    return result;
  }

  template <class F>
  void for_filters(F f) const {
    for (int64_t k = 0; k < filters_; k++) {
      for (int64_t q = 0; q < patch_; q++) {
        f(q + k * patch_, c_.w.at(k, q / c_.w.w / c_.w.h, q / c_.w.w % c_.w.h, q % c_.w.w));
      }
    }
  }

  // Calls f(element of a column-major (P, K) matrix, offset in y).
  template <class F>
  void for_outputs(int n, F f) const {
    for (int64_t k = 0; k < filters_; k++) {
      for (int64_t p = 0; p < pixels_; p++) f(p + k * pixels_, c_.y.at(n, k, p / c_.y.w, p % c_.y.w));
    }
  }

  std::vector<T> outputs(int n) const {
    std::vector<T> result(pixels_ * filters_);
    for_outputs(n, [&](int64_t element, int64_t offset) { result[element] = y_[offset]; });
    return result;
  }

  // target = alpha value + beta target; beta = 0 does not read.
  void store(T& target, T value) const {
    const T alpha = static_cast<T>(c_.alpha), beta = static_cast<T>(c_.beta);
    target = beta != 0 ? alpha * value + beta * target : alpha * value;
  }

  void forward() const {
    const std::vector<T> w = filters();
    std::vector<T> result(pixels_ * filters_);
    for (int n = 0; n < c_.x.n; n++) {
      const std::vector<T> a = patches(n);
      gemm<T>(false, false, pixels_, filters_, patch_, 1, a.data(), pixels_, w.data(), patch_, 0, result.data(), pixels_, tf32_);
      for_outputs(n, [&](int64_t element, int64_t offset) { store(y_[offset], result[element]); });
    }
  }

  void backward_data() const {
    const std::vector<T> w = filters();
    std::vector<T> gathered(pixels_ * patch_), sums(c_.x.extent());
    for (int n = 0; n < c_.x.n; n++) {
      const std::vector<T> y = outputs(n);
      gemm<T>(false, true, pixels_, patch_, filters_, 1, y.data(), pixels_, w.data(), patch_, 0, gathered.data(), pixels_, tf32_);
      std::vector<std::pair<int64_t, T>> terms;
      for_patches(n, [&](int64_t row, int64_t column, int64_t offset) {
        terms.emplace_back(offset, gathered[row + column * pixels_]);
      });
      if (c_.reversed) std::reverse(terms.begin(), terms.end());
      for (auto& [offset, value] : terms) sums[offset] += value;
    }
    for (int n = 0; n < c_.x.n; n++) {
      for (int channel = 0; channel < c_.x.c; channel++) {
        for (int h = 0; h < c_.x.h; h++) {
          for (int w1 = 0; w1 < c_.x.w; w1++) {
            const int64_t offset = c_.x.at(n, channel, h, w1);
            store(x_[offset], sums[offset]);
          }
        }
      }
    }
  }

  void backward_filter() const {
    std::vector<T> sum(patch_ * filters_);
    for (int i = 0; i < c_.x.n; i++) {
      const int n = c_.reversed ? c_.x.n - 1 - i : i;
      const std::vector<T> a = patches(n), y = outputs(n);
      gemm<T>(true, false, patch_, filters_, pixels_, 1, a.data(), pixels_, y.data(), pixels_, 1, sum.data(), patch_, tf32_);
    }
    for_filters([&](int64_t element, int64_t offset) { store(w_[offset], sum[element]); });
  }
};

}  // namespace

int run_convolution(const Convolution& c) {
  const int64_t size = c.x.type == CUDNN_DATA_FLOAT ? 4 : 8;
  if (!emulator_on_device(c.x_data, c.x.extent() * size) || !emulator_on_device(c.w_data, c.w.extent() * size) ||
      !emulator_on_device(c.y_data, c.y.extent() * size)) {
    return kIllegalAddress;
  }
  if (c.x.type == CUDNN_DATA_FLOAT) {
    Runner<float>(c).run();
  } else {
    Runner<double>(c).run();
  }
  return 0;
}
