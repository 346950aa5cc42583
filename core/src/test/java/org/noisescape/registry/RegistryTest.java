package org.noisescape.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
  @TempDir private Path folder;

  /** The service. */
  public interface Shape extends Named {
    @Override
    default String description() {
      return "a shape";
    }
  }

  /** Built in. */
  public static final class Square implements Shape {
    @Override
    public String usage() {
      return "square";
    }
  }

  /** Found. */
  public static final class Polygon implements Shape {
    @Override
    public String usage() {
      return "polygon:7";
    }
  }

  /** Takes the name of what is built in. */
  public static final class Impostor implements Shape {
    @Override
    public String usage() {
      return "square:3";
    }
  }

  /** Has no name. */
  public static final class Nameless implements Shape {
    @Override
    public String usage() {
      return "two words";
    }
  }

  /** Cannot be made. */
  public static final class Broken implements Shape {
    /** Fails. */
    public Broken() {
      throw new IllegalStateException("no luck");
    }

    @Override
    public String usage() {
      return "broken";
    }
  }

  @Test
  void theBuiltInComeFirstThenWhatTheClassPathHas() throws IOException {
    with(
        registry -> {
          assertThat(registry.names()).containsExactly("square", "polygon");
          assertThat(registry.find("polygon").orElseThrow()).isInstanceOf(Polygon.class);
          assertThat(registry.find("polygon:7")).isEmpty();
          assertThat(registry.all()).hasSize(2);
        },
        Polygon.class);
  }

  @Test
  void aNameThatIsTakenIsRefusedEachTime() throws IOException {
    with(
        registry -> {
          for (int i = 0; i < 2; i++) {
            refused(registry)
                .withMessage(
                    "the shape 'square' of %s has the name of one of %s: choose another name"
                        .formatted(Impostor.class.getName(), Square.class.getName()));
          }
        },
        Impostor.class);
    with(
        registry -> refused(registry).withMessageStartingWith("the shape 'polygon' of"),
        Polygon.class,
        Repeated.class);
  }

  /** Takes the name of another that is found. */
  public static final class Repeated implements Shape {
    @Override
    public String usage() {
      return "polygon";
    }
  }

  @Test
  void whatIsNoNameOrCannotBeMadeIsOneLine() throws IOException {
    with(
        registry ->
            refused(registry)
                .withMessageContaining("'two words'")
                .withMessageContaining("Nameless"),
        Nameless.class);
    with(
        registry ->
            refused(registry)
                .withMessageStartingWith("a shape on the class path cannot be loaded: ")
                .withMessageContaining("Broken")
                .withMessageEndingWith("no luck"),
        Broken.class);
  }

  @Test
  void aSpecificationIsANameAndItsArguments() {
    assertThat(Named.nameOf("a:b:c")).isEqualTo("a");
    assertThat(Named.argumentsOf("a:b:c")).isEqualTo("b:c");
    assertThat(Named.nameOf("a")).isEqualTo("a");
    assertThat(Named.argumentsOf("a")).isEmpty();
    assertThat(Named.argumentsOf("a:")).isEmpty();
  }

  private static org.assertj.core.api.ThrowableAssertAlternative<IllegalArgumentException> refused(
      Registry<Shape> registry) {
    return assertThatIllegalArgumentException().isThrownBy(registry::names);
  }

  /** Looks at a registry on a class path that names these providers. */
  private void with(Consumer<Registry<Shape>> look, Class<?>... providers) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(
        services.resolve(Shape.class.getName()),
        List.of(providers).stream().map(Class::getName).toList());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    URL[] more = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(more, before)) {
      thread.setContextClassLoader(loader);
      look.accept(new Registry<>("shape", Shape.class, Shape::name, List.of(new Square())));
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
