package org.noisescape.cuda.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.cuda.bind.CudaException;
import org.noisescape.cuda.bind.Driver;
import org.noisescape.cuda.bind.Nvrtc;
import org.noisescape.tensor.DType;

/** The kernels of the {@code .cu} files, compiled for this device when first asked for. */
public final class Kernels {
  private final Device device;
  private final KernelCompiler compiler;
  private final Arena arena = Arena.ofShared();
  private final Map<String, Long> modules = new LinkedHashMap<>();
  private final Map<String, Kernel> kernels = new HashMap<>();

  Kernels(Device device, Nvrtc nvrtc) {
    this.device = device;
    this.compiler = new KernelCompiler(nvrtc, KernelCache.ofThisUser(), device.capability());
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
    String module = file + "." + type.label();
    return kernels.computeIfAbsent(
        module + "." + name,
        key -> {
          long loaded = modules.computeIfAbsent(module, m -> load(file, type));
          return new Kernel(device, name, device.driver().function(loaded, name), arena);
        });
  }

  private long load(String file, DType type) {
    String real = type == DType.FLOAT64 ? "double" : "float";
    KernelCompiler.Image image = compiler.compile(file, List.of("-DREAL=" + real));
    try {
      return load(image.bytes());
    } catch (CudaException e) {
      if (!image.cached()) {
        throw e;
      }
      // the cached file is broken or of another driver
      return load(compiler.recompile(file, List.of("-DREAL=" + real)).bytes());
    }
  }

  private long load(byte[] image) {
    Driver driver = device.driver();
    try (Arena temporary = Arena.ofConfined()) {
      MemorySegment memory = temporary.allocate(image.length + 1L, 16);
      MemorySegment.copy(image, 0, memory, ValueLayout.JAVA_BYTE, 0, image.length);
      return driver.loadModule(memory.address());
    }
  }

  void close() {
    modules.values().forEach(device.driver()::unloadModule);
    modules.clear();
    kernels.clear();
    arena.close();
  }
}
