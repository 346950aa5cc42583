package org.noisescape.tensor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of this machine, or of the container it is. */
public final class PhysicalMemory {
  private static final Path LINUX = Path.of("/proc/meminfo");
  private static final String AVAILABLE = "MemAvailable:";
  private static final long BYTES =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();

  private PhysicalMemory() {}

  /** Bytes in all, whoever uses them. */
  public static long bytes() {
    return BYTES;
  }

  /** Bytes that can be taken now without swapping; where the system does not tell, all. */
  public static long available() {
    try {
      for (String line : Files.readAllLines(LINUX)) {
        if (line.startsWith(AVAILABLE)) {
          String kibibytes = line.substring(AVAILABLE.length()).strip().split(" ", 2)[0];
          return Math.min(bytes(), Long.parseLong(kibibytes) << 10);
        }
      }
    } catch (IOException | NumberFormatException e) {
      return bytes();
    }
    return bytes();
  }
}
