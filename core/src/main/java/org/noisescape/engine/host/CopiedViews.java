package org.noisescape.engine.host;

import java.lang.foreign.MemorySegment;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.ViewGeometry;

/** Views of pictures, copied in runs of pixels; numbers of either type are words of four bytes. */
final class CopiedViews implements Workers.Task {
  private static final int WORD = 4;

  private ViewGeometry geometry;
  private int pixelBytes;
  private long lineBytes;
  private long planeBytes;
  int rows;
  long source;
  long sourceStride;
  long indices;
  long views;
  long border;
  long out;

  void geometry(ViewGeometry next, DType type) {
    geometry = next;
    pixelBytes = next.channels() * type.bytes();
    lineBytes = (long) next.width() * pixelBytes;
    planeBytes = next.height() * lineBytes;
  }

  @Override
  public void run(long from, long to) {
    for (long b = from; b < to; b++) {
      int row = Native.ALL.get(Native.INT, indices + WORD * b);
      if (row < 0 || row >= rows) {
        throw new IllegalArgumentException(
            "gatherViews: index " + row + " at position " + b + " is not in 0.." + (rows - 1));
      }
      long view = views + WORD * ViewGeometry.NUMBERS * b;
      for (int plane = 0; plane < geometry.planes(); plane++) {
        plane(
            source + row * sourceStride + plane * planeBytes,
            border + (long) plane * pixelBytes,
            out + (b * geometry.planes() + plane) * planeBytes,
            view);
      }
    }
  }

  private static int number(long view, int index) {
    return Native.ALL.get(Native.INT, view + (long) WORD * index);
  }

  private void plane(long picture, long around, long to, long view) {
    int width = geometry.width();
    int down = number(view, 0) - geometry.padding();
    int right = number(view, 1) - geometry.padding();
    boolean mirrored = number(view, 2) != 0;
    // columns of the view whose pixels lie in the picture, the same in every line
    int shift = mirrored ? -right : right;
    int begin = Math.clamp(-shift, 0, width);
    int end = Math.clamp((long) width - shift, 0, width);
    int top = Math.clamp(-down, 0, geometry.height());
    int bottom = Math.clamp((long) geometry.height() - down, top, geometry.height());
    fill(to, 0, top * width, around);
    fill(to, bottom * width, geometry.height() * width, around);
    if (begin == end) {
      fill(to, top * width, bottom * width, around);
    } else if (mirrored) {
      for (int y = top; y < bottom; y++) {
        long last = (long) (y + down) * width + width - 1 - begin + right;
        long line = to + ((long) y * width + begin) * pixelBytes;
        MirroredLine.copy(picture + last * pixelBytes, line, end - begin, pixelBytes);
      }
    } else if (bottom > top) {
      // one run over the ends of the lines, which are put right below
      long first = (long) (top + down) * width + begin + right;
      long pixels = (long) (bottom - top) * width - begin - (width - end);
      MemorySegment.copy(
          Native.ALL,
          picture + first * pixelBytes,
          Native.ALL,
          to + ((long) top * width + begin) * pixelBytes,
          pixels * pixelBytes);
    }
    if (begin > 0 || end < width) {
      for (int y = top; y < bottom; y++) {
        fill(to, y * width, y * width + begin, around);
        fill(to, y * width + end, (y + 1) * width, around);
      }
    }
    if (geometry.hole() > 0) {
      hole(to, number(view, 3), number(view, 4));
    }
  }

  /** Pixels begin, …, end − 1 of a plane. */
  private void fill(long plane, int begin, int end, long around) {
    long at = plane + (long) begin * pixelBytes;
    if (pixelBytes == WORD) {
      int value = Native.ALL.get(Native.INT, around);
      for (int x = begin; x < end; x++) {
        Native.ALL.set(Native.INT, at, value);
        at += WORD;
      }
      return;
    }
    for (int x = begin; x < end; x++) {
      for (int i = 0; i < pixelBytes; i += WORD) {
        Native.ALL.set(Native.INT, at + i, Native.ALL.get(Native.INT, around + i));
      }
      at += pixelBytes;
    }
  }

  private void hole(long to, int centreY, int centreX) {
    int begin = Math.max(0, centreX - geometry.hole() / 2);
    long end = Math.min(geometry.width(), (long) centreX - geometry.hole() / 2 + geometry.hole());
    int first = Math.max(0, centreY - geometry.hole() / 2);
    long last = Math.min(geometry.height(), (long) centreY - geometry.hole() / 2 + geometry.hole());
    for (int y = first; y < last; y++) {
      for (long at = begin * (long) pixelBytes; at < end * pixelBytes; at += WORD) {
        Native.ALL.set(Native.INT, to + y * lineBytes + at, 0);
      }
    }
  }
}
