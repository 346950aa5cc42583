package org.noisescape.onnx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the module may use, and what stays within one class. */
class OnnxArchitectureTest {
  private static final JavaClasses OWN =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  @Test
  void onlyNetworksFilesAndStoredParametersOfTheCoreAreUsed() {
    assertThat(OWN.size()).isGreaterThan(20);
    classes()
        .should()
        .onlyAccessClassesThat()
        .resideInAnyPackage(
            "org.noisescape.onnx",
            "org.noisescape.files",
            "org.noisescape.registry",
            "org.noisescape.tensor",
            "org.noisescape.nn",
            "org.noisescape.train",
            "org.hipparchus.special..",
            "com.google.protobuf",
            "java..")
        .check(OWN);
  }

  @Test
  void onlyReadersAndTheMessageKnowTheWire() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.(OnnxReader|OnnxTensorReader|OnnxMessage)(\\$.*)?")
        .should()
        .accessClassesThat()
        .resideInAPackage("com.google.protobuf..")
        .check(OWN);
  }
}
