package org.noisescape;

import static com.tngtech.archunit.base.DescribedPredicate.or;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.noisescape.tensor.Engine;

/** Ranks of packages: each imports lower ranks only. */
class ArchitectureTest {
  private static final String ROOT = "org.noisescape.";

  /** Engines are found by ServiceLoader and imported by nobody; theory may be used above 3. */
  private static final Map<String, Integer> RANKS =
      Map.ofEntries(
          Map.entry("files", 0),
          Map.entry("registry", 0),
          Map.entry("random", 0),
          Map.entry("tensor", 0),
          Map.entry("nn", 2),
          Map.entry("loss", 2),
          Map.entry("objective", 3),
          Map.entry("optim", 4),
          Map.entry("linop", 2),
          Map.entry("krylov", 3),
          Map.entry("curvature", 4),
          Map.entry("train", 5),
          Map.entry("instruments", 6),
          Map.entry("quantities", 7),
          Map.entry("dynamics", 6));

  private static final int THEORY_USED_ABOVE = 3;

  private static JavaClasses core;

  @BeforeAll
  static void importMainClasses() throws URISyntaxException {
    URI location = Engine.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    core = new ClassFileImporter().importPath(Path.of(location));
    assertThat(core.size()).isGreaterThan(100);
  }

  @Test
  void aPackageImportsOnlyLowerRanks() {
    for (Map.Entry<String, Integer> entry : RANKS.entrySet()) {
      List<String> allowed = new ArrayList<>(List.of(within(entry.getKey())));
      RANKS.forEach(
          (name, rank) -> {
            if (rank < entry.getValue()) {
              allowed.add(within(name));
            }
          });
      if (entry.getKey().equals("tensor")) {
        allowed.add(within("random"));
      }
      if (entry.getValue() > THEORY_USED_ABOVE) {
        allowed.add(within("theory"));
      }
      check(entry.getKey(), allowed);
    }
  }

  /** The way in for programs lies above all. */
  @Test
  void theWayInIsImportedByNobody() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.noisescape")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.noisescape")
        .check(core);
  }

  @Test
  void theEngineImportsTensorAndRandomOnly() {
    check("engine.host", List.of(within("engine.host"), within("tensor"), within("random")));
  }

  @Test
  void enginesAreImportedByNobody() {
    noClasses()
        .that()
        .resideOutsideOfPackage(within("engine"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(within("engine"))
        .check(core);
  }

  @Test
  void statisticsOfReplicasKnowNumbersAndTheoryOnly() {
    check(
        "dynamics.statistics",
        List.of(within("dynamics.statistics"), within("random"), within("theory")));
  }

  @Test
  void theoryImportsNothingOfThisProject() {
    check("theory", List.of(within("theory")));
  }

  @Test
  void updateRulesAndKrylovMethodsKnowNoNetworks() {
    noClasses()
        .that()
        .resideInAnyPackage(within("optim"), within("krylov"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(within("nn"), within("loss"), within("objective"))
        .check(core);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(core);
  }

  @Test
  void classesOfTrainHaveNoCycles() {
    slices()
        .assignedFrom(new OutermostClasses())
        .should()
        .beFreeOfCycles()
        .check(core.that(resideInAPackage(within("train"))));
  }

  /** A class with all that is nested in it. */
  private static final class OutermostClasses implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""));
    }

    @Override
    public String getDescription() {
      return "outermost classes";
    }
  }

  @Test
  void everyPackageHasARank() {
    assertThat(core)
        .allSatisfy(
            type -> {
              String name = (type.getPackageName() + ".").substring(ROOT.length());
              assertThat(
                      name.isEmpty()
                          || RANKS.containsKey(name.replaceFirst("\\..*", ""))
                          || name.startsWith("engine.")
                          || name.startsWith("theory"))
                  .as("package %s of %s has a rank", name, type.getSimpleName())
                  .isTrue();
            });
  }

  @Test
  void everyPackageSaysWhatLivesThere() throws IOException {
    for (String sources : new String[] {"src/main/java", "src/test/java"}) {
      try (Stream<Path> files = Files.walk(Path.of(sources))) {
        Map<Path, Boolean> documented = new TreeMap<>();
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(
                file ->
                    documented.merge(
                        Path.of(sources).relativize(file.getParent()),
                        file.endsWith("package-info.java"),
                        Boolean::logicalOr));
        assertThat(documented).isNotEmpty();
        // tests share the packages, and the words, of what they test
        documented
            .keySet()
            .removeIf(
                folder ->
                    sources.endsWith("test/java")
                        && Files.exists(Path.of("src/main/java").resolve(folder)));
        documented.forEach(
            (folder, there) ->
                assertThat(there).as("%s/%s has a package-info.java", sources, folder).isTrue());
      }
    }
  }

  private void check(String name, List<String> allowed) {
    classes()
        .that()
        .resideInAPackage(within(name))
        .should()
        .onlyDependOnClassesThat(
            or(
                resideOutsideOfPackage("org.noisescape.."),
                resideInAnyPackage(allowed.toArray(String[]::new))))
        .check(core);
  }

  private static String within(String name) {
    return ROOT + name + "..";
  }
}
