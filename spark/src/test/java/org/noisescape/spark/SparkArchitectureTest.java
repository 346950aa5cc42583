package org.noisescape.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who imports whom, on either side of Spark. */
@AnalyzeClasses(
    packages = "org.noisescape.spark",
    importOptions = ImportOption.DoNotIncludeTests.class)
class SparkArchitectureTest {
  @ArchTest
  static final ArchRule EXECUTORS_KNOW_THE_JDK_AND_SPARK_ONLY =
      classes()
          .that()
          .resideInAPackage("..spark.executor")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.apache.spark..", "scala..", "..spark.executor");

  @ArchTest
  static final ArchRule WHAT_THE_PROGRAM_LOADS_KNOWS_NO_CLASS_OF_SPARK =
      noClasses()
          .that()
          .resideInAPackage("org.noisescape.spark")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache..", "scala..", "..spark.driver", "..spark.executor");

  @ArchTest
  static final ArchRule OF_THE_PROGRAM_IT_KNOWS_CELLS_AND_FILES =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.apache..",
              "scala..",
              "org.noisescape.spark..",
              "org.noisescape.cells",
              "org.noisescape.files",
              "org.noisescape.runs");
}
