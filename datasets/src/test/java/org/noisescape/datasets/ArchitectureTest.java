package org.noisescape.datasets;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * What data sets may rest on: files, names, randomness, tensors, what takes samples; no network, no
 * training.
 */
@AnalyzeClasses(packages = "org.noisescape.datasets", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String MODULE = "org.noisescape.datasets..";
  private static final String DOWNLOAD = "org.noisescape.datasets.download..";
  private static final String SYNTHETIC = "org.noisescape.datasets.synthetic..";

  @ArchTest
  static final ArchRule OF_THE_PROJECT_ONLY_WHAT_HOLDS_DATA_IS_USED =
      noClasses()
          .that()
          .resideInAPackage(MODULE)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.noisescape..")
                  .and(
                      not(
                          resideInAnyPackage(
                              MODULE,
                              "org.noisescape.files..",
                              "org.noisescape.objective..",
                              "org.noisescape.registry..",
                              "org.noisescape.tensor..",
                              "org.noisescape.random.."))));

  @ArchTest
  static final ArchRule DOWNLOADS_AND_DRAWN_PICTURES_KNOW_NOTHING_OF_THE_CATALOGUE =
      noClasses()
          .that()
          .resideInAnyPackage(DOWNLOAD, SYNTHETIC)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.noisescape.datasets");
}
