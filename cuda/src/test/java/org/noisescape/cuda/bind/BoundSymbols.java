package org.noisescape.cuda.bind;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The functions that the bindings look up, read off the constants of their classes, so that none is
 * forgotten.
 */
public final class BoundSymbols {
  private static final Pattern FUNCTION = Pattern.compile("(cublas|cudnn|nvrtc)[A-Z][\\w\u0001]*");

  /** Stands for the part of a name that a method puts in. */
  private static final String HOLE = "\u0001";

  private static final List<String> DESCRIPTORS = List.of("Tensor", "Filter", "Convolution");

  private BoundSymbols() {}

  /**
   * Names in the bindings of cuBLAS, cuDNN and NVRTC; of some, {@code _v2} is what is looked up.
   */
  public static Set<String> all() {
    Set<String> names = new TreeSet<>();
    for (Class<?> type :
        List.of(
            Cublas.class,
            Cudnn.class,
            CudnnConvolution.class,
            CudnnDescriptors.class,
            CudnnRanking.class,
            Nvrtc.class)) {
      for (String name : constants(type)) {
        if (FUNCTION.matcher(name).matches()) {
          names.addAll(filled(name));
        }
      }
    }
    return names;
  }

  private static List<String> filled(String name) {
    if (!name.contains(HOLE)) {
      return List.of(name);
    }
    List<String> parts =
        name.endsWith("Descriptor")
            ? DESCRIPTORS
            : List.of(CudnnConvolution.Pass.values()).stream()
                .map(CudnnConvolution.Pass::function)
                .toList();
    return parts.stream().map(part -> name.replace(HOLE, part)).toList();
  }

  private static Set<String> constants(Class<?> type) {
    Set<String> texts = new TreeSet<>();
    try (InputStream file = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      for (PoolEntry entry : ClassFile.of().parse(file.readAllBytes()).constantPool()) {
        if (entry instanceof StringEntry text) {
          texts.add(text.stringValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
