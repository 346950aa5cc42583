package org.noisescape.cells;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How this program is started once more: this JVM, with its flags, its class path, and thus the
 * thread settings of the launcher.
 *
 * @param java the program
 * @param flags of the JVM
 * @param classPath jars and folders, absolute
 * @param main class to start
 */
public record JavaCommand(String java, List<String> flags, List<String> classPath, String main) {
  /** Copies the lists. */
  public JavaCommand {
    flags = List.copyOf(flags);
    classPath = List.copyOf(classPath);
  }

  /** What starts a class in a JVM like this one. */
  public static JavaCommand like(String main) {
    List<String> flags = new ArrayList<>();
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // an agent of this process, such as a debugger, may hold what a second one would need
      if (!flag.startsWith("-agentlib:") && !flag.startsWith("-javaagent:")) {
        flags.add(flag);
      }
    }
    List<String> classPath = new ArrayList<>();
    for (String entry :
        System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
      if (!entry.isEmpty()) {
        classPath.add(Path.of(entry).toAbsolutePath().toString());
      }
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new JavaCommand(java, flags, classPath, main);
  }

  /** The words that start it; those of its command line come after them. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(java);
    words.addAll(flags);
    words.addAll(
        List.of("-cp", String.join(System.getProperty("path.separator"), classPath), main));
    return words;
  }
}
