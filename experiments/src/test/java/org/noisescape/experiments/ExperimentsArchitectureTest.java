package org.noisescape.experiments;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ranks: report, fit, frame, what a text shares, its experiments, the catalogue. */
class ExperimentsArchitectureTest {
  private static final String ROOT = "org.noisescape.experiments";
  private static final String FIT = ROOT + ".fit";
  private static final String FRAME = ROOT + ".frame";

  /** Text → its packages that are no experiment but shared by several of its experiments. */
  private static final Map<String, Set<String>> SHARED =
      Map.of(
          "liu", Set.of("liu", "liu.stationary"),
          "meng", Set.of("meng"),
          "mori", Set.of("mori"),
          "wei", Set.of("wei"));

  private static JavaClasses module;

  @BeforeAll
  static void importMainClasses() throws URISyntaxException {
    URI location =
        ExperimentCatalogue.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    module = new ClassFileImporter().importPath(Path.of(location));
    assertThat(module.size()).isGreaterThan(100);
  }

  @Test
  void fitsKnowNeitherTheFrameNorAnExperiment() {
    mayUse(FIT, FIT);
  }

  @Test
  void theFrameKnowsNoTextAndNoExperiment() {
    mayUse(FRAME, FIT, FRAME);
  }

  @Test
  void whatATextSharesKnowsNoExperiment() {
    SHARED.forEach(
        (text, shared) -> {
          String[] allowed = below(shared);
          shared.forEach(name -> mayUse(ROOT + "." + name, allowed));
        });
  }

  @Test
  void anExperimentKnowsOfTheOthersOnlyWhatItsTextShares() {
    Map<String, String> experiments = experiments();
    assertThat(experiments).hasSizeGreaterThan(20);
    experiments.forEach(
        (name, text) -> {
          Set<String> known = new TreeSet<>(SHARED.get(text));
          known.add(name);
          mayUse(ROOT + "." + name, below(known));
        });
  }

  @Test
  void everyExperimentOfTheCatalogueHasAPackageOfItsOwn() {
    Map<String, Set<String>> ids = new TreeMap<>();
    for (String id : ExperimentCatalogue.ids()) {
      Class<?> type = ExperimentCatalogue.find(id).getClass();
      ids.computeIfAbsent(type.getPackageName(), room -> new TreeSet<>()).add(type.getName());
    }
    assertThat(ids).allSatisfy((room, types) -> assertThat(types).as(room).hasSize(1));
    assertThat(ids.keySet())
        .containsExactlyInAnyOrderElementsOf(
            experiments().keySet().stream().map(name -> ROOT + "." + name).toList());
  }

  @Test
  void onlyTheCatalogueImportsExperiments() {
    String[] rooms =
        experiments().keySet().stream().map(name -> ROOT + "." + name).toArray(String[]::new);
    noClasses()
        .that(not(type(ExperimentCatalogue.class)).and(not(resideInAnyPackage(rooms))))
        .should()
        .dependOnClassesThat(resideInAnyPackage(rooms))
        .check(module);
  }

  @Test
  void onlyCommandsAndSweepsUseTheCatalogueAndTheFrame() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "..", "org.noisescape.cli..", "org.noisescape.sweep..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "..")
        .check(module);
  }

  /** The packages of the experiments, below the root → their text. */
  private static Map<String, String> experiments() {
    Map<String, String> all = new TreeMap<>();
    for (JavaClass type : module) {
      String name = type.getPackageName();
      if (name.startsWith(ROOT + ".") && !List.of(FIT, FRAME).contains(name)) {
        String below = name.substring(ROOT.length() + 1);
        String text = below.replaceFirst("\\..*", "");
        assertThat(SHARED).as("%s belongs to a text", name).containsKey(text);
        if (!SHARED.get(text).contains(below)) {
          all.put(below, text);
        }
      }
    }
    return all;
  }

  private static String[] below(Set<String> names) {
    Set<String> all = new TreeSet<>(Set.of(FIT, FRAME));
    names.forEach(name -> all.add(ROOT + "." + name));
    return all.toArray(String[]::new);
  }

  /** Of the experiments, a package uses these packages only. */
  private static void mayUse(String name, String... packages) {
    DescribedPredicate<JavaClass> inExperiments = resideInAnyPackage(ROOT + "..");
    classes()
        .that()
        .resideInAPackage(name)
        .should()
        .onlyDependOnClassesThat(not(inExperiments).or(resideInAnyPackage(packages)))
        .allowEmptyShould(true)
        .check(module);
  }

  /** Two records with the same numbers in two arrays are not equal. */
  @Test
  void recordsThatHoldArraysAreNeverCompared() {
    DescribedPredicate<JavaMethodCall> comparison =
        DescribedPredicate.describe(
            "comparisons of records that hold arrays",
            call ->
                Set.of("equals", "hashCode").contains(call.getName())
                    && call.getTargetOwner().isRecord()
                    && call.getTargetOwner().getFields().stream()
                        .anyMatch(field -> field.getRawType().isArray()));
    noClasses().should().callMethodWhere(comparison).check(module);
  }
}
