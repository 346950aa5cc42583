package org.noisescape.engine.nd4j;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the engine may rest on: the SPI. */
@AnalyzeClasses(packages = "org.noisescape.engine.nd4j", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule OF_THE_PROJECT_ONLY_TENSOR_AND_RANDOM_ARE_USED =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.noisescape..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "org.noisescape.engine.nd4j..",
                              "org.noisescape.tensor..",
                              "org.noisescape.random.."))));
}
