package org.noisescape.cuda.emulated;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.function.Consumer;
import org.noisescape.cuda.bind.LibraryFinder;
import org.noisescape.cuda.device.Installation;

/**
 * The libraries that the module is tested with: the emulated ones, whose log can be read, or
 * NVIDIA's on a machine with a GPU.
 */
public final class Libraries {
  private final LibraryFinder finder;
  private final Emulator emulator;

  private Libraries(LibraryFinder finder, Emulator emulator) {
    this.finder = finder;
    this.emulator = emulator;
  }

  /** Those of the folder that the tests are told; aborts the test where there are none. */
  public static Libraries underTest() {
    String told = System.getProperty(LibraryFinder.PROPERTY, "");
    if (told.equals(Emulator.home().toString())) {
      Emulator emulator = Emulator.require();
      return new Libraries(emulator.finder(), emulator);
    }
    LibraryFinder finder = LibraryFinder.ofThisMachine();
    String problem = Installation.in(finder).problem().orElse("");
    assumeTrue(problem.isEmpty(), problem);
    return new Libraries(finder, null);
  }

  /** What is installed. */
  public Installation installation() {
    return Installation.in(finder);
  }

  /** Forgets the log and what was planned. */
  public void begin() {
    onLog(Emulator::begin);
  }

  /** Ends the log. */
  public void end() {
    onLog(Emulator::end);
  }

  /** What only the emulated libraries can tell, such as which calls were made. */
  public void onLog(Consumer<Emulator> assertions) {
    if (emulator != null) {
      assertions.accept(emulator);
    }
  }

  /** The emulated ones; aborts the test on a GPU, which does not fail on request. */
  public Emulator emulator() {
    assumeTrue(emulator != null, "on a real GPU nothing fails on request");
    return emulator;
  }
}
