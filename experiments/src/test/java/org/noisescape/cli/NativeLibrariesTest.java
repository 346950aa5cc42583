package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Libraries that cannot be unpacked are one line that says where they may be. */
class NativeLibrariesTest {
  @Test
  void theDeepestReasonAndTheRemedyAreNamed() {
    Error failure = new UnsatisfiedLinkError("java.io.IOException: No space left on device");
    failure.initCause(new IOException("No space left on device"));

    assertThat(NativeLibraries.complaint(failure))
        .isEqualTo(
            "native libraries cannot be unpacked or loaded (No space left on device): name a folder"
                + " with 200 MB of space that may be written and executed, with"
                + " NOISESCAPE_JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=FOLDER");
  }

  @Test
  void foldersThatWereLookedThroughAreLeftOut() {
    assertThat(
            NativeLibraries.complaint(
                new UnsatisfiedLinkError("no jniOpenCL in java.library.path: /usr/lib64:/lib")))
        .startsWith("native libraries cannot be unpacked or loaded (no jniOpenCL): name a folder");
  }

  @Test
  void aLibraryThatTheMachineLacksIsNamed() {
    assertThat(
            NativeLibraries.complaint(
                new UnsatisfiedLinkError(
                    "/root/.javacpp/cache/a.jar/libjniOpenCL.so: libstdc++.so.6: cannot open shared object file: No such file or directory")))
        .isEqualTo(
            "native libraries cannot be loaded: this machine has no libstdc++.so.6: install it"
                + " (of Debian and Ubuntu: package libstdc++6 for libstdc++.so.6)");
  }
}
