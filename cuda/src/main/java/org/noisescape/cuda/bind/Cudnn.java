package org.noisescape.cuda.bind;

import java.nio.file.Path;
import java.util.List;

/** cuDNN 9: convolutions. */
public final class Cudnn {
  /** File names of the library. */
  public static final List<String> FILES = List.of("libcudnn.so.9");

  private final NativeLibrary library;

  /** Loads a file. */
  public Cudnn(Path path) {
    library = new NativeLibrary(path);
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
}
