package org.noisescape.cuda.bind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * cuDNN 9: handles, and {@link CudnnConvolution convolutions}.
 *
 * <p>Source: cuDNN 9 API reference; {@code cudnn_graph.h}, {@code cudnn_ops.h} and {@code
 * cudnn_cnn.h} of cuDNN 9.
 */
public final class Cudnn {
  /** File names of the library. */
  public static final List<String> FILES = List.of("libcudnn.so.9");

  private static final int MESSAGE_BYTES = 512;

  private final NativeLibrary library;
  private final ResultCell cell = new ResultCell();

  /** Loads a file, and the parts of cuDNN beside it, which it opens by name. */
  public Cudnn(Path path) {
    library = new NativeLibrary(path);
    loadParts(path);
  }

  /**
   * Loads the parts by their full names, so that cuDNN finds them anywhere and none of another
   * version. A part may need another one; one that does not load is left to cuDNN.
   */
  private static void loadParts(Path path) {
    String pattern = path.getFileName().toString().replace("libcudnn.", "libcudnn_*.");
    List<Path> parts = LibraryFinder.beside(path, pattern);
    for (int pass = 0; pass < 2 && !parts.isEmpty(); pass++) {
      List<Path> left = new ArrayList<>();
      for (Path part : parts) {
        try {
          new NativeLibrary(part);
        } catch (IllegalStateException e) {
          left.add(part);
        }
      }
      parts = left;
    }
  }

  /** The file it was loaded from. */
  public Path path() {
    return library.path();
  }

  /** Version, for example 9.10.0. */
  public String version() {
    long version = library.callLong("cudnnGetVersion");
    return "%d.%d.%d".formatted(version / 10000, version / 100 % 100, version % 100);
  }

  /** A handle in the calling thread's context, working in a stream. */
  public long create(long stream) {
    check("cudnnCreate", library.call("cudnnCreate", cell.at(0)), "opening cuDNN");
    long handle = cell.longAt(0);
    check("cudnnSetStream", library.call("cudnnSetStream", handle, stream), "opening cuDNN");
    return handle;
  }

  /** Closes a handle. */
  public void destroy(long handle) {
    check("cudnnDestroy", library.call("cudnnDestroy", handle), "closing cuDNN");
  }

  NativeLibrary library() {
    return library;
  }

  /** Creates a descriptor of a kind, for example {@code Tensor}. */
  long createDescriptor(String kind) {
    String call = "cudnnCreate" + kind + "Descriptor";
    check(call, library.call(call, cell.at(0)), "describing a convolution");
    return cell.longAt(0);
  }

  /** Calls a function that fills a descriptor. */
  void describe(String call, Object... arguments) {
    check(call, library.call(call, arguments), "describing a convolution");
  }

  void destroyDescriptor(String kind, long descriptor) {
    String call = "cudnnDestroy" + kind + "Descriptor";
    check(call, library.call(call, descriptor), "closing a convolution");
  }

  /** Throws what a status other than 0 means. */
  void check(String call, int status, String purpose) {
    if (status != 0) {
      String text = ResultCell.text(library.callLong("cudnnGetErrorString", status));
      throw new CudaException(call, status, text + lastError(), purpose);
    }
  }

  /**
   * What cuDNN has to say about the last error of this thread. Source: cuDNN 9,
   * cudnnGetLastErrorString.
   */
  private String lastError() {
    try (Arena memory = Arena.ofConfined()) {
      MemorySegment message = memory.allocate(MESSAGE_BYTES);
      library.callIfPresent("cudnnGetLastErrorString", message.address(), (long) MESSAGE_BYTES);
      String text = message.getString(0).strip();
      return text.isEmpty() ? "" : ": " + text;
    }
  }
}
