package org.noisescape.cuda.bind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * NVRTC, the compiler of CUDA C++ at run time. Needs no GPU and no driver; several threads may
 * compile at once.
 *
 * <p>Source: NVRTC reference; {@code nvrtc.h} of CUDA 12 and 13.
 */
public final class Nvrtc {
  private static final int COMPILATION = 6;

  private final NativeLibrary library;
  private final String version;

  /** Loads a file, and the built-in functions beside it, which it opens by name. */
  public Nvrtc(Path path) {
    String major = path.getFileName().toString().replace("libnvrtc.so.", "");
    for (Path builtins : LibraryFinder.beside(path, "libnvrtc-builtins.so." + major + "*")) {
      new NativeLibrary(builtins);
    }
    library = new NativeLibrary(path);
    this.version = askVersion();
  }

  /** File names of the library for a driver of so many major versions, the newest first. */
  public static List<String> files(int newestMajor) {
    return NativeFiles.versions("libnvrtc.so.", newestMajor);
  }

  /** The file it was loaded from. */
  public Path path() {
    return library.path();
  }

  /** Version, for example 12.9. */
  public String version() {
    return version;
  }

  private String askVersion() {
    try (Arena arena = Arena.ofConfined()) {
      ResultCell cell = new ResultCell(arena);
      check(library.call("nvrtcVersion", cell.at(0), cell.at(1)), "nvrtcVersion", "asking");
      return cell.intAt(0) + "." + cell.intAt(1);
    }
  }

  /** Compute capabilities it compiles for, as 10 major + minor, ascending. */
  public int[] architectures() {
    try (Arena arena = Arena.ofConfined()) {
      ResultCell cell = new ResultCell(arena);
      String call = "nvrtcGetNumSupportedArchs";
      check(library.call(call, cell.at(0)), call, "asking for architectures");
      MemorySegment list = arena.allocate(ValueLayout.JAVA_INT, cell.intAt(0));
      call = "nvrtcGetSupportedArchs";
      check(library.call(call, list.address()), call, "asking for architectures");
      return list.toArray(ValueLayout.JAVA_INT);
    }
  }

  /**
   * Compiles to machine code where the architecture is a real one ({@code sm_90}), to PTX where it
   * is a virtual one ({@code compute_90}).
   *
   * @param name of the file, for messages
   * @param source CUDA C++
   * @param headers text by name
   * @param architecture what it is compiled for
   * @param options further options
   * @return the image to load
   */
  public byte[] compile(
      String name,
      String source,
      Map<String, String> headers,
      String architecture,
      List<String> options) {
    try (Arena arena = Arena.ofConfined()) {
      ResultCell cell = new ResultCell(arena);
      MemorySegment texts = arena.allocate(ValueLayout.JAVA_LONG, headers.size());
      MemorySegment names = arena.allocate(ValueLayout.JAVA_LONG, headers.size());
      int index = 0;
      for (Map.Entry<String, String> header : headers.entrySet()) {
        names.setAtIndex(ValueLayout.JAVA_LONG, index, text(arena, header.getKey()));
        texts.setAtIndex(ValueLayout.JAVA_LONG, index, text(arena, header.getValue()));
        index++;
      }
      int status =
          library.call(
              "nvrtcCreateProgram",
              cell.at(0),
              text(arena, source),
              text(arena, name),
              headers.size(),
              texts.address(),
              names.address());
      check(status, "nvrtcCreateProgram", "compiling " + name);
      long program = cell.longAt(0);
      try {
        return compile(arena, program, name, architecture, options);
      } finally {
        library.call("nvrtcDestroyProgram", cell.holding(program));
      }
    }
  }

  private byte[] compile(
      Arena arena, long program, String name, String architecture, List<String> options) {
    MemorySegment list = arena.allocate(ValueLayout.JAVA_LONG, options.size() + 1);
    list.setAtIndex(ValueLayout.JAVA_LONG, 0, text(arena, "--gpu-architecture=" + architecture));
    for (int i = 0; i < options.size(); i++) {
      list.setAtIndex(ValueLayout.JAVA_LONG, i + 1, text(arena, options.get(i)));
    }
    int status = library.call("nvrtcCompileProgram", program, options.size() + 1, list.address());
    if (status == COMPILATION) {
      byte[] log = bytes(program, "nvrtcGetProgramLogSize", "nvrtcGetProgramLog");
      throw new CudaException(
          "nvrtcCompileProgram",
          status,
          new String(log, java.nio.charset.StandardCharsets.UTF_8).replace("\0", "").strip(),
          "compiling %s for %s".formatted(name, architecture));
    }
    check(status, "nvrtcCompileProgram", "compiling %s for %s".formatted(name, architecture));
    return architecture.startsWith("sm_")
        ? bytes(program, "nvrtcGetCUBINSize", "nvrtcGetCUBIN")
        : bytes(program, "nvrtcGetPTXSize", "nvrtcGetPTX");
  }

  private byte[] bytes(long program, String size, String get) {
    try (Arena arena = Arena.ofConfined()) {
      ResultCell cell = new ResultCell(arena);
      check(library.call(size, program, cell.at(0)), size, "fetching what was compiled");
      MemorySegment image = arena.allocate(cell.longAt(0));
      check(library.call(get, program, image.address()), get, "fetching what was compiled");
      return image.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private static long text(Arena arena, String text) {
    return arena.allocateFrom(text).address();
  }

  private void check(int status, String call, String purpose) {
    if (status != 0) {
      String meaning = ResultCell.text(library.callLong("nvrtcGetErrorString", status));
      throw new CudaException(call, status, meaning, purpose);
    }
  }
}
