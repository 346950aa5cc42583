// Images as rows of channels-last pixels: sizes of windows over them, and how an index comes apart.
#ifndef NOISESCAPE_IMAGES_CUH
#define NOISESCAPE_IMAGES_CUH

#include "common.cuh"

// Sizes of a convolution or pooling, in the order in which they are passed.
#define GEOMETRY                                                                        \
  int height, int width, int channels, int kernel_height, int kernel_width, int stride, \
      int padding, int out_height, int out_width

// index = row * width + rest; 32-bit where that is enough, which is several times faster.
static __device__ __forceinline__ void split(int64 index, int width, int64* row, int* rest) {
  if (index <= 0xffffffffLL) {
    uint32 i = (uint32)index;
    uint32 q = i / (uint32)width;
    *row = q;
    *rest = (int)(i - q * (uint32)width);
  } else {
    *row = index / width;
    *rest = (int)(index - *row * width);
  }
}

#endif
