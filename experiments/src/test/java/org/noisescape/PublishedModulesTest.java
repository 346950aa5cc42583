package org.noisescape;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What the POMs say of what is published. */
class PublishedModulesTest {
  /** Tests only. */
  private static final Set<String> OTHERS = Set.of("examples");

  private static Element pom(String module) throws Exception {
    Path file = Path.of("..", module, "pom.xml");
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(file.toFile())
        .getDocumentElement();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  /** The text of an element by the names that lead to it; empty where one is missing. */
  private static String text(Element from, String... names) {
    Element at = from;
    for (String name : names) {
      List<Element> next = children(at, name);
      if (next.isEmpty()) {
        return "";
      }
      at = next.getFirst();
    }
    return at.getTextContent().strip();
  }

  private static List<String> modules() throws Exception {
    return children(children(pom(""), "modules").getFirst(), "module").stream()
        .map(Element::getTextContent)
        .toList();
  }

  @Test
  void theBomListsThemAllAndNoOther() throws Exception {
    List<String> published = new ArrayList<>();
    for (String module : modules()) {
      if (!OTHERS.contains(module)) {
        published.add(text(pom(module), "artifactId"));
      }
    }
    Element managed =
        children(children(pom("bom"), "dependencyManagement").getFirst(), "dependencies")
            .getFirst();
    assertThat(
            children(managed, "dependency").stream().map(each -> text(each, "artifactId")).toList())
        .containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  void allHaveOneVersion() throws Exception {
    String version = text(pom(""), "version");
    assertThat(text(pom("bom"), "version")).isEqualTo(version);
    List<String> others = new ArrayList<>(modules());
    others.addAll(List.of("benchmarks", "release"));
    for (String module : others) {
      assertThat(text(pom(module), "parent", "version")).as(module).isEqualTo(version);
    }
  }

  @Test
  void eachHasANameAndSaysWhatItIs() throws Exception {
    List<String> all = new ArrayList<>(modules());
    all.addAll(List.of("", "bom"));
    for (String module : all) {
      assertThat(text(pom(module), "name")).as(module).isNotEmpty();
      assertThat(text(pom(module), "description")).as(module).endsWith(".");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bom"})
  void whatTheirPomsInheritIsWhatMavenCentralWants(String module) throws Exception {
    Element pom = pom(module);
    assertThat(text(pom, "properties", "project.home"))
        .isEqualTo(text(pom(""), "properties", "project.home"))
        .startsWith("https://");
    for (String[] path :
        new String[][] {
          {"url"},
          {"licenses", "license", "name"},
          {"licenses", "license", "url"},
          {"developers", "developer", "name"},
          {"developers", "developer", "organization"},
          {"scm", "connection"},
          {"scm", "developerConnection"},
          {"scm", "url"}
        }) {
      assertThat(text(pom, path)).as(String.join("/", path)).isNotEmpty();
    }
  }
}
