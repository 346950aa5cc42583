package org.noisescape.testing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.EngineOptions;
import org.noisescape.tensor.EngineProvider;
import org.opentest4j.TestAbortedException;

/** Which engines tests run on, and that every test that runs on all of them is marked. */
class TestedEnginesTest {
  private record Provider(String name, Optional<String> unavailable) implements EngineProvider {
    @Override
    public int priority() {
      return 0;
    }

    @Override
    public String description() {
      return name;
    }

    @Override
    public Engine open(EngineOptions options) {
      throw new UnsupportedOperationException();
    }
  }

  private static final Provider HERE = new Provider("here", Optional.empty());
  private static final Provider AWAY = new Provider("away", Optional.of("no driver"));
  private static final List<EngineProvider> BOTH = List.of(AWAY, HERE);

  @Test
  void areTheAvailableOnesWhereNoneIsNamed() {
    assertThat(TestedEngines.names(Optional.empty(), BOTH)).containsExactly("here");
  }

  @Test
  void areTheNamedOnesEvenWhereTheyCannotRun() {
    assertThat(TestedEngines.names(Optional.of("away"), BOTH)).containsExactly("away");
    assertThat(TestedEngines.names(Optional.of("here, away"), BOTH))
        .containsExactly("here", "away");
  }

  @Test
  void aNameThatNoProviderHasIsAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestedEngines.names(Optional.of("here,awya"), BOTH))
        .withMessageContaining("no engine 'awya' on the class path, only [away, here]");
  }

  @Test
  void testsOnAnEngineThatCannotRunAreAborted() {
    TestedEngines.require(HERE);
    assertThatExceptionOfType(TestAbortedException.class)
        .isThrownBy(() -> TestedEngines.require(AWAY))
        .withMessage("engine away: no driver");
  }

  @Test
  void everyTestThatRunsOnAllEnginesIsTagged() throws URISyntaxException {
    Path tests =
        Path.of(
            TestedEnginesTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<JavaClass> running =
        new ClassFileImporter()
            .importPath(tests).that(simpleNameEndingWith("Test")).stream()
                .filter(TestedEnginesTest::runsOnAllEngines)
                .toList();

    assertThat(running).hasSizeGreaterThan(20);
    assertThat(running)
        .filteredOn(each -> !isTagged(each.reflect()))
        .as("without @Tag(TestedEngines.TAG)")
        .isEmpty();
  }

  private static boolean isTagged(Class<?> test) {
    return Arrays.stream(test.getAnnotationsByType(Tag.class))
        .anyMatch(tag -> tag.value().equals(TestedEngines.TAG));
  }

  private static boolean runsOnAllEngines(JavaClass test) {
    return test.getMethodCallsFromSelf().stream().anyMatch(TestedEnginesTest::givesEngines);
  }

  private static boolean givesEngines(JavaMethodCall call) {
    return Set.of("EngineUnderTest", "NetworkCase", "SpectrumCase")
            .contains(call.getTargetOwner().getSimpleName())
        && Set.of("all", "oneLoss").contains(call.getName());
  }
}
