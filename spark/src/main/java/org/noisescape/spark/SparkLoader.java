package org.noisescape.spark;

import java.net.URL;
import java.net.URLClassLoader;

/**
 * Loads Spark, what it rests on, and this module's classes that call it, beside the program: of the
 * program's own classes it takes those named {@code org.noisescape}, and none of its libraries.
 */
final class SparkLoader extends URLClassLoader {
  private static final String OURS = "org.noisescape.";

  private final ClassLoader program;

  /**
   * A loader of Spark.
   *
   * @param urls of its jars, and of this module
   * @param program loads what they share with the program
   */
  SparkLoader(URL[] urls, ClassLoader program) {
    super("spark", urls, ClassLoader.getPlatformClassLoader());
    this.program = program;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try {
      return super.findClass(name);
    } catch (ClassNotFoundException e) {
      if (name.startsWith(OURS)) {
        return program.loadClass(name);
      }
      throw e;
    }
  }
}
