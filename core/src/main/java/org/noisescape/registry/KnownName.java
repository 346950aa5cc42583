package org.noisescape.registry;

import java.util.Collection;

/** Checks names that users write, and suggests the nearest one. */
public final class KnownName {
  private KnownName() {}

  /**
   * Returns a specification whose name is known.
   *
   * @param kind what is named, such as "model"
   * @param specification a name, with arguments after a colon where it takes some
   * @param known all names
   * @throws IllegalArgumentException where nothing follows a colon, or such as {@code unknown model
   *     'mpl:100', did you mean 'mlp:100'? (known: …)}
   */
  public static String require(String kind, String specification, Collection<String> known) {
    int colon = specification.indexOf(':');
    String name = colon < 0 ? specification : specification.substring(0, colon);
    if (known.contains(name)) {
      if (colon == specification.length() - 1) {
        throw new IllegalArgumentException(
            "%s '%s': nothing follows the colon: leave it out".formatted(kind, specification));
      }
      return specification;
    }
    String arguments = colon < 0 ? "" : specification.substring(colon);
    String suggestion =
        NearestName.of(name, known)
            .map(nearest -> ", did you mean '" + nearest + arguments + "'?")
            .orElse("");
    throw new IllegalArgumentException(
        "unknown %s '%s'%s (known: %s)"
            .formatted(kind, specification, suggestion, String.join(", ", known)));
  }
}
