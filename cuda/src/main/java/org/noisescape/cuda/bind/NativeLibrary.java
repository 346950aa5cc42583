package org.noisescape.cuda.bind;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A loaded library whose functions are looked up on first use.
 *
 * <p>Pointers and sizes are Java longs: they travel in the same registers.
 */
final class NativeLibrary {
  private static final Linker LINKER = Linker.nativeLinker();

  private final Path path;
  private final SymbolLookup symbols;
  private final Map<String, MethodHandle> handles = new ConcurrentHashMap<>();

  /** Loads a library for the life of the process. */
  NativeLibrary(Path path) {
    this.path = path;
    try {
      this.symbols = SymbolLookup.libraryLookup(path, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "cannot load %s: a library it needs is missing or it is not for this machine"
              .formatted(path),
          e);
    }
  }

  Path path() {
    return path;
  }

  /** A handle for exact calls. */
  MethodHandle exact(String function, Class<?> result, Class<?>... parameters) {
    MemoryLayout[] layouts = layouts(parameters);
    return LINKER.downcallHandle(
        symbols
            .find(function)
            .orElseThrow(() -> new IllegalStateException("%s has no %s".formatted(path, function))),
        FunctionDescriptor.of(layout(result), layouts));
  }

  private static MemoryLayout[] layouts(Class<?>... types) {
    MemoryLayout[] layouts = new MemoryLayout[types.length];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = layout(types[i]);
    }
    return layouts;
  }

  /** Calls a function without a result, where the library has it. */
  void callIfPresent(String function, Object... arguments) {
    MethodHandle handle =
        symbols
            .find(function)
            .map(
                f -> LINKER.downcallHandle(f, FunctionDescriptor.ofVoid(layouts(types(arguments)))))
            .orElse(null);
    if (handle != null) {
      try {
        handle.invokeWithArguments(arguments);
      } catch (Throwable e) {
        throw unexpected(function, e);
      }
    }
  }

  /**
   * Calls a function that returns a status, its parameter types read off the arguments. For calls
   * that happen seldom: the first call decides the types.
   */
  int call(String function, Object... arguments) {
    MethodHandle handle = handle(function, int.class, arguments);
    try {
      return (int) handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw unexpected(function, e);
    }
  }

  /** As {@link #call}, for functions that return a pointer or size. */
  long callLong(String function, Object... arguments) {
    MethodHandle handle = handle(function, long.class, arguments);
    try {
      return (long) handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw unexpected(function, e);
    }
  }

  private MethodHandle handle(String function, Class<?> result, Object... arguments) {
    MethodHandle handle = handles.get(function);
    if (handle == null) {
      handle = exact(function, result, types(arguments));
      handles.put(function, handle);
    }
    return handle;
  }

  private static Class<?>[] types(Object... arguments) {
    Class<?>[] types = new Class<?>[arguments.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = primitive(arguments[i]);
    }
    return types;
  }

  /** A call that broke before it could return a status. */
  static IllegalStateException unexpected(String function, Throwable cause) {
    return new IllegalStateException(
        "call of " + function + " broke: " + cause.getMessage(), cause);
  }

  private static Class<?> primitive(Object value) {
    if (value instanceof Integer) {
      return int.class;
    }
    if (value instanceof Long) {
      return long.class;
    }
    if (value instanceof Float) {
      return float.class;
    }
    if (value instanceof Double) {
      return double.class;
    }
    throw new IllegalArgumentException("no C type for " + value);
  }

  private static MemoryLayout layout(Class<?> type) {
    if (type == int.class) {
      return ValueLayout.JAVA_INT;
    }
    if (type == long.class) {
      return ValueLayout.JAVA_LONG;
    }
    if (type == byte.class) {
      return ValueLayout.JAVA_BYTE;
    }
    return type == float.class ? ValueLayout.JAVA_FLOAT : ValueLayout.JAVA_DOUBLE;
  }
}
