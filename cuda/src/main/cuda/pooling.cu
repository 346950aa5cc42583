// Pooling of channels-last images; to a maximum, padding counts as minus infinity.
#include "images.cuh"

// The first maximum of a window in row order; a not-a-number wins, of several the last, as on the host.
KERNEL pool(const real* x, int64 x_stride, real* y, int64 y_stride, int* argmax,
            int64 argmax_stride, int images, int rows, GEOMETRY) {
  int positions = out_height * out_width;
  int64 total = (int64)images * positions * channels;
  for (int r = blockIdx.y; r < rows; r += gridDim.y) {
    for (int64 e = blockIdx.x * (int64)blockDim.x + threadIdx.x; e < total;
         e += (int64)gridDim.x * blockDim.x) {
      int64 row, n;
      int c, t;
      split(e, channels, &row, &c);
      split(row, positions, &n, &t);
      const real* image = x + r * x_stride + n * height * width * channels;
      int top = t / out_width * stride - padding;
      int left = t % out_width * stride - padding;
      int best = -1;
      real maximum = 0;
      for (int h = top < 0 ? 0 : top; h < height && h < top + kernel_height; h++) {
        for (int w = left < 0 ? 0 : left; w < width && w < left + kernel_width; w++) {
          int at = (h * width + w) * channels + c;
          real value = image[at];
          if (best < 0 || value > maximum || value != value) {
            best = at;
            maximum = value;
          }
        }
      }
      y[r * y_stride + e] = maximum;
      argmax[r * argmax_stride + e] = best;
    }
  }
}

// y[e] <- x at argmax[e].
KERNEL pool_tangent(const real* x, int64 x_stride, const int* argmax, int64 argmax_stride, real* y,
                    int64 y_stride, int image_size, int output_size, int images, int rows) {
  int64 total = (int64)images * output_size;
  for (int r = blockIdx.y; r < rows; r += gridDim.y) {
    for (int64 e = blockIdx.x * (int64)blockDim.x + threadIdx.x; e < total;
         e += (int64)gridDim.x * blockDim.x) {
      int64 n;
      int rest;
      split(e, output_size, &n, &rest);
      y[r * y_stride + e] = x[r * x_stride + n * image_size + argmax[r * argmax_stride + e]];
    }
  }
}

// x[e] <- the sum of y over the windows whose maximum is e, windows in row order.
KERNEL pool_gradient(const real* y, int64 y_stride, const int* argmax, int64 argmax_stride, real* x,
                     int64 x_stride, int images, int rows, GEOMETRY) {
  int image_size = height * width * channels;
  int positions = out_height * out_width;
  int64 total = (int64)images * image_size;
  for (int r = blockIdx.y; r < rows; r += gridDim.y) {
    for (int64 e = blockIdx.x * (int64)blockDim.x + threadIdx.x; e < total;
         e += (int64)gridDim.x * blockDim.x) {
      int64 n;
      int at;
      split(e, image_size, &n, &at);
      int c = at % channels;
      int h = at / channels / width + padding;
      int w = at / channels % width + padding;
      // windows a with a * stride <= h < a * stride + kernel_height
      int top = h < kernel_height ? 0 : (h - kernel_height) / stride + 1;
      int left = w < kernel_width ? 0 : (w - kernel_width) / stride + 1;
      int64 base = n * positions;
      real sum = 0;
      for (int a = top; a < out_height && a * stride <= h; a++) {
        for (int b = left; b < out_width && b * stride <= w; b++) {
          int64 i = (base + a * out_width + b) * channels + c;
          if (argmax[r * argmax_stride + i] == at) {
            sum += y[r * y_stride + i];
          }
        }
      }
      x[r * x_stride + e] = sum;
    }
  }
}

// y[e] <- the mean of a window.
KERNEL average_pool(const real* x, int64 x_stride, real* y, int64 y_stride, int images, int rows,
                    GEOMETRY) {
  int positions = out_height * out_width;
  int64 total = (int64)images * positions * channels;
  double share = 1.0 / (kernel_height * kernel_width);
  for (int r = blockIdx.y; r < rows; r += gridDim.y) {
    for (int64 e = blockIdx.x * (int64)blockDim.x + threadIdx.x; e < total;
         e += (int64)gridDim.x * blockDim.x) {
      int64 row, n;
      int c, t;
      split(e, channels, &row, &c);
      split(row, positions, &n, &t);
      const real* image = x + r * x_stride + n * height * width * channels + c;
      int top = t / out_width * stride - padding;
      int left = t % out_width * stride - padding;
      double sum = 0;
      for (int h = top; h < top + kernel_height; h++) {
        for (int w = left; w < left + kernel_width; w++) {
          sum += image[(int64)(h * width + w) * channels];
        }
      }
      y[r * y_stride + e] = (real)(share * sum);
    }
  }
}

// x[e] <- the share of e in the windows it is in.
KERNEL average_pool_gradient(const real* y, int64 y_stride, real* x, int64 x_stride, int images,
                             int rows, GEOMETRY) {
  int image_size = height * width * channels;
  int64 total = (int64)images * image_size;
  double share = 1.0 / (kernel_height * kernel_width);
  for (int r = blockIdx.y; r < rows; r += gridDim.y) {
    for (int64 e = blockIdx.x * (int64)blockDim.x + threadIdx.x; e < total;
         e += (int64)gridDim.x * blockDim.x) {
      int64 n;
      int at;
      split(e, image_size, &n, &at);
      int c = at % channels;
      int h = at / channels / width + padding;
      int w = at / channels % width + padding;
      int top = h < kernel_height ? 0 : (h - kernel_height) / stride + 1;
      int left = w < kernel_width ? 0 : (w - kernel_width) / stride + 1;
      const real* output = y + r * y_stride + n * out_height * out_width * channels + c;
      double sum = 0;
      for (int a = top; a < out_height && a * stride <= h; a++) {
        for (int b = left; b < out_width && b * stride <= w; b++) {
          sum += output[(int64)(a * out_width + b) * channels];
        }
      }
      x[r * x_stride + e] = (real)(share * sum);
    }
  }
}
