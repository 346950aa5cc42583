package org.noisescape.cuda.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.noisescape.cuda.bind.CudaException;
import org.noisescape.cuda.bind.Driver;
import org.noisescape.cuda.bind.Nvrtc;
import org.noisescape.cuda.device.KernelCompiler.Source;
import org.noisescape.tensor.DType;

/**
 * The kernels of the {@code .cu} files, compiled for this device when first asked for, and all
 * before the first recording: a driver may refuse to load code while it records.
 */
public final class Kernels {
  /** Names of all files without {@code .cu} that are compiled as they are. */
  static final List<String> FILES =
      List.of(
          "channel_combination",
          "convolution",
          "group_normalization",
          "indexing",
          "losses",
          "memory",
          "normalization",
          "pointwise",
          "pooling",
          "random_fill",
          "reduction",
          "samples",
          "tangents",
          "vectors");

  /** Names of those that are compiled for the sizes of a model, when it is bound. */
  static final List<String> SIZED_FILES = List.of("dense_chain", "dense_look", "regression");

  private final Device device;
  private final KernelCompiler compiler;
  private final Arena arena = Arena.ofShared();
  private final Map<String, Long> modules = new LinkedHashMap<>();
  private final Map<String, Kernel> kernels = new HashMap<>();
  private boolean complete;

  Kernels(Device device, Nvrtc nvrtc) {
    this.device = device;
    this.compiler =
        new KernelCompiler(
            nvrtc, KernelCache.ofThisUser(), KernelCache.givenToThisUser(), device.capability());
  }

  String compilerVersion() {
    return compiler.version();
  }

  /**
   * A kernel.
   *
   * @param file name of the source without {@code .cu}
   * @param type what {@code real} stands for
   * @param name of the kernel
   */
  public Kernel get(String file, DType type, String name) {
    return get(file, type, List.of(), name);
  }

  /**
   * A kernel of a file that is compiled for sizes.
   *
   * @param file name of the source without {@code .cu}
   * @param type what {@code real} stands for
   * @param sizes options such as {@code -DINPUTS=784}
   * @param name of the kernel
   */
  public Kernel get(String file, DType type, List<String> sizes, String name) {
    String module = file + "." + type.label() + String.join("", sizes);
    return kernels.computeIfAbsent(
        module + "." + name,
        key -> {
          long loaded = modules.computeIfAbsent(module, m -> load(file, definitions(type, sizes)));
          return new Kernel(device, name, device.driver().programs().function(loaded, name), arena);
        });
  }

  /**
   * Loads every file that needs no sizes in both types, compiling on all processors what the cache
   * does not hold.
   */
  void loadAll() {
    if (complete) {
      return;
    }
    List<Module> missing = new ArrayList<>();
    for (String file : FILES) {
      for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
        if (!modules.containsKey(file + "." + type.label())) {
          missing.add(new Module(file, type));
        }
      }
    }
    missing.parallelStream().forEach(m -> compiler.compile(m.file, definitions(m.type)));
    for (Module m : missing) {
      modules.put(m.file + "." + m.type.label(), load(m.file, definitions(m.type)));
    }
    complete = true;
  }

  private record Module(String file, DType type) {}

  /** Options that make a file one of a type. */
  static List<String> definitions(DType type) {
    return List.of("-DREAL=" + (type == DType.FLOAT64 ? "double" : "float"));
  }

  /** Options that make a file one of a type and of sizes. */
  static List<String> definitions(DType type, List<String> sizes) {
    return Stream.concat(definitions(type).stream(), sizes.stream()).toList();
  }

  private long load(String file, List<String> definitions) {
    KernelCompiler.Image image = compiler.compile(file, definitions);
    while (true) {
      try {
        return load(image.bytes());
      } catch (CudaException e) {
        if (image.source() == Source.FRESH) {
          throw e;
        }
        // broken, or of a newer compiler than this driver knows
        image = compiler.compile(file, definitions, image.source().next());
      }
    }
  }

  private long load(byte[] image) {
    Driver driver = device.driver();
    try (Arena temporary = Arena.ofConfined()) {
      MemorySegment memory = temporary.allocate(image.length + 1L, 16);
      MemorySegment.copy(image, 0, memory, ValueLayout.JAVA_BYTE, 0, image.length);
      return driver.programs().loadModule(memory.address());
    }
  }

  void close() {
    modules.values().forEach(device.driver().programs()::unloadModule);
    modules.clear();
    kernels.clear();
    arena.close();
  }
}
