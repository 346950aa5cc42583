package org.noisescape.tensor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The memory of this machine, or of the container it is. */
public final class PhysicalMemory {
  private PhysicalMemory() {}

  /** Bytes in all, whoever uses them. */
  public static long bytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
