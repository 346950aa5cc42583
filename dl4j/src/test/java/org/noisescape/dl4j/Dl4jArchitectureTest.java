package org.noisescape.dl4j;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the module may use, and what stays within one class. */
class Dl4jArchitectureTest {
  private static final JavaClasses OWN =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  @Test
  void enginesAreFoundAndNeitherImportedNorTheCommandLine() {
    assertThat(OWN.size()).isGreaterThan(20);
    noClasses()
        .should()
        .accessClassesThat()
        .resideInAnyPackage(
            "org.noisescape.engine..",
            "org.noisescape.cli..",
            "org.noisescape.datasets..",
            "org.noisescape.experiments..")
        .check(OWN);
  }

  /** It runs the Java objects of a file. */
  @Test
  void modelSerializerOnlyWrites() {
    noClasses()
        .should()
        .callMethodWhere(
            JavaCall.Predicates.target(owner(simpleName("ModelSerializer")))
                .and(JavaCall.Predicates.target(nameMatching("restore.*|get.*"))))
        .check(OWN);
  }
}
