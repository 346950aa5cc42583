package org.noisescape.cuda.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.cuda.bind.Nvrtc;

/**
 * Compiles kernel sources for one compute capability, or takes what has been compiled: elsewhere,
 * from the same source for the same architecture, or here, as the cache has it.
 *
 * <p>Machine code of the exact architecture where NVRTC knows it, else PTX of the newest one below,
 * which the driver translates.
 */
public final class KernelCompiler {
  private static final String FOLDER = "/org/noisescape/cuda/kernels/";
  private static final List<String> HEADERS =
      List.of(
          "common.cuh",
          "random.cuh",
          "activation.cuh",
          "chain.cuh",
          "channels.cuh",
          "columns.cuh",
          "copies.cuh",
          "dense_sample.cuh",
          "dense_slot.cuh",
          "draws.cuh",
          "groups.cuh",
          "images.cuh",
          "packs.cuh",
          "passages.cuh",
          "scatter.cuh");

  private final Nvrtc nvrtc;
  private final KernelCache cache;
  private final KernelCache given;
  private final String architecture;

  /** Where an image comes from, in the order in which they are tried. */
  enum Source {
    GIVEN,
    CACHED,
    FRESH;

    /** The one to try next. */
    Source next() {
      return this == GIVEN ? CACHED : FRESH;
    }
  }

  /** What a module is loaded from. */
  record Image(byte[] bytes, Source source) {}

  /**
   * A compiler.
   *
   * @param nvrtc the library
   * @param cache where images are kept
   * @param given where images compiled elsewhere are
   * @param capability 10 major + minor
   */
  public KernelCompiler(Nvrtc nvrtc, KernelCache cache, KernelCache given, int capability) {
    this.nvrtc = nvrtc;
    this.cache = cache;
    this.given = given;
    this.architecture = architecture(nvrtc.architectures(), capability);
  }

  /** What it compiles for, for example {@code sm_90}. */
  public String architecture() {
    return architecture;
  }

  String version() {
    return nvrtc.version();
  }

  static String architecture(int[] known, int capability) {
    if (Arrays.stream(known).anyMatch(k -> k == capability)) {
      return "sm_" + capability;
    }
    int below =
        Arrays.stream(known)
            .filter(k -> k < capability)
            .max()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "NVRTC does not compile for compute capability %s: it knows %s"
                            .formatted(Installation.decimal(capability), Arrays.toString(known))));
    return "compute_" + below;
  }

  /**
   * Compiles a file without looking into the cache.
   *
   * @param file name without {@code .cu}
   * @param definitions options such as {@code -DREAL=float}
   */
  public byte[] compileAnew(String file, List<String> definitions) {
    return nvrtc.compile(
        file + ".cu", source(file + ".cu"), Headers.TEXTS, architecture, options(definitions));
  }

  Image compile(String file, List<String> definitions) {
    return compile(file, definitions, Source.GIVEN);
  }

  /** An image of a source or a later one, where an earlier one would not load. */
  Image compile(String file, List<String> definitions, Source from) {
    if (from == Source.GIVEN) {
      byte[] found = given.get(travellingKey(file, definitions));
      if (found != null) {
        return new Image(found, Source.GIVEN);
      }
    }
    String key = key(file, definitions, List.of(nvrtc.version()));
    byte[] kept = from == Source.FRESH ? null : cache.get(key);
    if (kept != null) {
      return new Image(kept, Source.CACHED);
    }
    byte[] image = compileAnew(file, definitions);
    cache.put(key, image);
    return new Image(image, Source.FRESH);
  }

  /** The key of an image that other machines take: any compiler's. */
  String travellingKey(String file, List<String> definitions) {
    return key(file, definitions, List.of());
  }

  private String key(String file, List<String> definitions, List<String> more) {
    List<String> parts = new ArrayList<>(options(definitions));
    parts.addAll(more);
    parts.add(architecture);
    parts.addAll(Headers.TEXTS.values());
    parts.add(source(file + ".cu"));
    return file + "-" + KernelCache.digest(parts);
  }

  /** Read when the first kernel is asked for, as every key holds them. */
  private static final class Headers {
    /** By name, in the order of {@link #HEADERS}. */
    static final Map<String, String> TEXTS = texts();

    private static Map<String, String> texts() {
      Map<String, String> texts = new LinkedHashMap<>();
      HEADERS.forEach(header -> texts.put(header, source(header)));
      return Collections.unmodifiableMap(texts);
    }
  }

  private static List<String> options(List<String> definitions) {
    List<String> options = new ArrayList<>(List.of("--std=c++17"));
    options.addAll(definitions);
    return options;
  }

  private static String source(String file) {
    try (InputStream stream = KernelCompiler.class.getResourceAsStream(FOLDER + file)) {
      if (stream == null) {
        throw new IllegalArgumentException("there is no kernel file " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading kernel file " + file, e);
    }
  }
}
