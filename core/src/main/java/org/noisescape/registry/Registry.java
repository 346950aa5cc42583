package org.noisescape.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * The entries of one kind by name: the built-in ones, then those on the class path.
 *
 * <p>The class path is looked through once, when an entry is first asked for.
 *
 * @param <T> the service: what entries implement
 */
public final class Registry<T> {
  /** Names stand in lists, before colons and in names of columns. */
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._/-]*";

  private final String kind;
  private final Class<T> service;
  private final Function<T, String> name;
  private final List<T> builtIn;
  private Map<String, T> entries;

  /**
   * A registry.
   *
   * @param kind what its entries are, for messages, such as "loss"
   * @param service what they implement
   * @param name their name, without arguments
   * @param builtIn those of this project, in the order of the listing
   */
  public Registry(String kind, Class<T> service, Function<T, String> name, List<T> builtIn) {
    this.kind = kind;
    this.service = service;
    this.name = name;
    this.builtIn = List.copyOf(builtIn);
  }

  /**
   * All entries, in the order of the listing.
   *
   * @throws IllegalArgumentException in one line where a provider cannot be loaded, or its name is
   *     no name or taken
   */
  public List<T> all() {
    return List.copyOf(entries().values());
  }

  /** All names, in the same order. */
  public List<String> names() {
    return List.copyOf(entries().keySet());
  }

  /** The entry of a name. */
  public Optional<T> find(String wanted) {
    return Optional.ofNullable(entries().get(wanted));
  }

  /**
   * The entry that a specification names before its first colon.
   *
   * @throws IllegalArgumentException in one line with the names there are
   */
  public T require(String specification) {
    String wanted = Named.nameOf(specification).strip();
    T entry = entries().get(wanted);
    if (entry == null) {
      throw new IllegalArgumentException(
          "unknown %s '%s': use one of %s".formatted(kind, wanted, String.join(", ", names())));
    }
    return entry;
  }

  private synchronized Map<String, T> entries() {
    if (entries == null) {
      Map<String, T> all = new LinkedHashMap<>();
      builtIn.forEach(entry -> add(all, entry));
      try {
        // in a named module: kinds of other modules are looked for here too
        Registry.class.getModule().addUses(service);
        for (T entry : ServiceLoader.load(service)) {
          add(all, entry);
        }
      } catch (ServiceConfigurationError e) {
        // its message begins with the service; a constructor that failed has a cause
        String cause = e.getCause() == null ? "" : ": " + e.getCause();
        throw new IllegalArgumentException(
            "a %s on the class path cannot be loaded: %s%s".formatted(kind, e.getMessage(), cause),
            e);
      }
      entries = all;
    }
    return entries;
  }

  private void add(Map<String, T> all, T entry) {
    String called = name.apply(entry);
    if (called == null || !called.matches(NAME)) {
      throw new IllegalArgumentException(
          "the %s '%s' of %s has no name of letters, digits and . _ / -: choose another name"
              .formatted(kind, called, entry.getClass().getName()));
    }
    T earlier = all.putIfAbsent(called, entry);
    if (earlier != null) {
      throw new IllegalArgumentException(
          "the %s '%s' of %s has the name of one of %s: choose another name"
              .formatted(kind, called, entry.getClass().getName(), earlier.getClass().getName()));
    }
  }
}
