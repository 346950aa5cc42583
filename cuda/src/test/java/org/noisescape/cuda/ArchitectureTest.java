package org.noisescape.cuda;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the engine may rest on: the SPI, and below it the JDK; bind, then device, then engine. */
@AnalyzeClasses(packages = "org.noisescape.cuda", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String MODULE = "org.noisescape.cuda..";
  private static final String BIND = "org.noisescape.cuda.bind..";
  private static final String DEVICE = "org.noisescape.cuda.device..";

  @ArchTest
  static final ArchRule OF_THE_PROJECT_ONLY_TENSOR_AND_RANDOM_ARE_USED =
      noClasses()
          .that()
          .resideInAPackage(MODULE)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.noisescape..")
                  .and(
                      not(
                          resideInAnyPackage(
                              MODULE, "org.noisescape.tensor..", "org.noisescape.random.."))));

  @ArchTest
  static final ArchRule NOTHING_OF_ND4J_IS_USED =
      noClasses()
          .that()
          .resideInAPackage(MODULE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

  @ArchTest
  static final ArchRule BIND_RESTS_ON_NOTHING_OF_THE_MODULE =
      noClasses()
          .that()
          .resideInAPackage(BIND)
          .should()
          .dependOnClassesThat(resideInAnyPackage(MODULE).and(not(resideInAnyPackage(BIND))));

  @ArchTest
  static final ArchRule DEVICE_RESTS_ON_BIND_ONLY =
      noClasses()
          .that()
          .resideInAPackage(DEVICE)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(MODULE).and(not(resideInAnyPackage(BIND, DEVICE))));
}
