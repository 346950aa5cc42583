#include "common.cuh"
#include "groups.cuh"
#include "images.cuh"
#include "packs.cuh"
#include "random.cuh"

__device__ __forceinline__ void copy_row(const real* from, real* to, int width, const Rows& rows) {
  int start = 0;
  if (aligned(from) && aligned(to)) {
    for (int i = rows.lane * PACK; i + PACK <= width; i += rows.lanes * PACK) {
      *reinterpret_cast<Pack*>(to + i) = *reinterpret_cast<const Pack*>(from + i);
    }
    start = width / PACK * PACK;
  }
  for (int i = start + rows.lane; i < width; i += rows.lanes) {
    to[i] = from[i];
  }
}

// out[r][b] <- source[indices[r][b]], a group of lanes a row.
KERNEL gather(const real* source, int64 source_stride, int sources, const int* indices,
              int64 index_stride, real* out, int64 out_stride, int batch, int width, int lanes,
              int* fault, int index_fault, int replicas) {
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    for (Rows rows(batch, lanes); rows.left(); rows.next()) {
      int64 b = rows.row();
      if (b >= batch) {
        continue;
      }
      int index = indices[r * index_stride + b];
      real* to = out + r * out_stride + b * width;
      if (index < 0 || index >= sources) {
        // every thread that stores here stores the same
        *fault = index_fault;
        for (int i = rows.lane; i < width; i += lanes) {
          to[i] = (real)nan("");
        }
        continue;
      }
      copy_row(source + index * source_stride, to, width, rows);
    }
  }
}

// Draws the mini-batch of a step and gathers it, a group of lanes a sample, each of which finds the
// sample's index by itself; now <- step.
KERNEL draw_batch(int permuted, const int* keys, int64 key_stride, const int* step,
                  int64 step_stride, int* now, int64 now_stride, int* indices, int64 index_stride,
                  int size, const real* features, int64 feature_stride, real* x, int64 x_stride,
                  int width, const real* targets, int64 target_stride, real* y, int64 y_stride,
                  int outputs, int batch, int lanes, int replicas) {
  uint64 at = at_step(step, step_stride);
  if (now != 0 && blockIdx.x == 0 && blockIdx.y == 0 && threadIdx.x == 0) {
    set_step(now, now_stride, at);
  }
  uint64 batches = permuted ? size / batch : 1;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    uint64 key = join(keys + r * key_stride);
    Permutation order = permutation(key, at / batches, size);
    int start = (int)(at % batches) * batch;
    for (Rows rows(batch, lanes); rows.left(); rows.next()) {
      int64 b = rows.row();
      if (b >= batch) {
        continue;
      }
      int index = permuted ? permute(order, start + (int)b)
                           : below(size, chosen(philox(key, (uint64)(b / 4), at), (int)(b % 4)));
      if (rows.lane == 0) {
        indices[r * index_stride + b] = index;
      }
      if (x != 0) {
        copy_row(features + index * feature_stride, x + r * x_stride + b * width, width, rows);
      }
      copy_row(targets + index * target_stride, y + r * y_stride + b * outputs, outputs, rows);
    }
  }
}

#define VIEW_NUMBERS 5

// out[r][b] <- a view of the picture source[indices[r][b]], a group of lanes a row: shifted by the
// first two numbers of the view, mirrored by the third, with a hole around the last two.
KERNEL gather_views(const real* source, int64 source_stride, int sources, const int* indices,
                    int64 index_stride, const int* views, int64 view_stride, const real* border,
                    real* out, int64 out_stride, int batch, int planes, int height, int width,
                    int channels, int padding, int hole, int lanes, int* fault, int index_fault,
                    int replicas) {
  int line = width * channels;
  int size = planes * height * line;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    for (Rows rows(batch, lanes); rows.left(); rows.next()) {
      int64 b = rows.row();
      if (b >= batch) {
        continue;
      }
      int index = indices[r * index_stride + b];
      bool wrong = index < 0 || index >= sources;
      if (wrong) {
        // every thread that stores here stores the same
        *fault = index_fault;
      }
      const int* view = views + r * view_stride + b * VIEW_NUMBERS;
      int down = view[0] - padding;
      int right = view[1] - padding;
      int hole_y = view[3] - hole / 2;
      int hole_x = view[4] - hole / 2;
      const real* from = source + (wrong ? 0 : index) * source_stride;
      real* to = out + r * out_stride + b * size;
      for (int i = rows.lane; i < size; i += lanes) {
        int row = i / line;
        int rest = i - row * line;
        int x = rest / channels;
        int channel = rest - x * channels;
        int plane = row / height;
        int y = row - plane * height;
        int from_y = y + down;
        int from_x = (view[2] ? width - 1 - x : x) + right;
        real value;
        if (wrong) {
          value = (real)nan("");
        } else if (y >= hole_y && y < hole_y + hole && x >= hole_x && x < hole_x + hole) {
          value = (real)0;
        } else if (from_y < 0 || from_y >= height || from_x < 0 || from_x >= width) {
          value = border[plane * channels + channel];
        } else {
          value = from[(plane * height + from_y) * line + from_x * channels + channel];
        }
        to[i] = value;
      }
    }
  }
}

#define TILE 32
#define TILE_ROWS 8

// out[r][n][j][i] <- x[r][n][i][j] by tiles in shared memory, so that both sides are read and
// written along their rows; one more column keeps the banks apart.
KERNEL_OF(TILE* TILE_ROWS)
transpose_inner(const real* x, int64 x_stride, real* out, int64 out_stride, int samples, int rows,
                int columns, int replicas) {
  __shared__ real tile[TILE][TILE + 1];
  int tx = threadIdx.x % TILE;
  int ty = threadIdx.x / TILE;
  int tiles_along = (columns + TILE - 1) / TILE;
  int row0 = blockIdx.x / tiles_along * TILE;
  int column0 = blockIdx.x % tiles_along * TILE;
  int64 size = (int64)rows * columns;
  for (int r = blockIdx.z; r < replicas; r += gridDim.z) {
    for (int n = blockIdx.y; n < samples; n += gridDim.y) {
      const real* from = x + r * x_stride + n * size;
      real* to = out + r * out_stride + n * size;
      __syncthreads();  // the tile of the sample before may still be read
      for (int i = ty; i < TILE; i += TILE_ROWS) {
        if (row0 + i < rows && column0 + tx < columns) {
          tile[i][tx] = from[(int64)(row0 + i) * columns + column0 + tx];
        }
      }
      __syncthreads();
      for (int j = ty; j < TILE; j += TILE_ROWS) {
        if (column0 + j < columns && row0 + tx < rows) {
          to[(int64)(column0 + j) * rows + row0 + tx] = tile[tx][j];
        }
      }
    }
  }
}

// target[r][m][j] <- source[r][m][j] for j < count (added to what was there if asked).
KERNEL copy_columns(const real* source, int64 source_stride, int source_width, real* target,
                    int64 target_stride, int target_width, int64 rows, int count, int add,
                    int replicas) {
  int64 total = rows * count;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    for (int64 e = blockIdx.x * (int64)blockDim.x + threadIdx.x; e < total;
         e += (int64)gridDim.x * blockDim.x) {
      int64 m;
      int j;
      split(e, count, &m, &j);
      real value = source[r * source_stride + m * source_width + j];
      real* to = target + r * target_stride + m * target_width + j;
      *to = add ? *to + value : value;
    }
  }
}
