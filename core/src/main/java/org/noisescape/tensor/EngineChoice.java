package org.noisescape.tensor;

import java.util.List;
import java.util.Optional;

/**
 * Which engine is meant by a name and a precision.
 *
 * @param providers the preferred one first
 */
record EngineChoice(List<EngineProvider> providers) {
  private static final String AUTO = "auto";

  /** The provider, or an {@link IllegalArgumentException} in one line where it will not do. */
  EngineProvider provider(String name, Precision precision) {
    return name.equals(AUTO) ? preferred(precision) : named(name, precision);
  }

  private EngineProvider named(String name, Precision precision) {
    EngineProvider chosen =
        providers.stream()
            .filter(provider -> provider.name().equals(name))
            .findFirst()
            .orElseThrow(() -> unknown(name));
    if (!chosen.supports(precision)) {
      throw new IllegalArgumentException(
          "engine '%s' has no %s: use %s"
              .formatted(name, precision.label(), remedy(having(precision))));
    }
    Optional<String> missing = chosen.unavailable();
    if (missing.isPresent()) {
      throw new IllegalArgumentException(
          "engine '%s' cannot run here: %s".formatted(name, missing.get()));
    }
    return chosen;
  }

  private EngineProvider preferred(Precision precision) {
    List<EngineProvider> having = having(precision);
    for (EngineProvider provider : having) {
      if (provider.unavailable().isEmpty()) {
        return provider;
      }
    }
    if (having.isEmpty()) {
      throw new IllegalArgumentException(
          "no engine has %s: use %s".formatted(precision.label(), remedy(having)));
    }
    EngineProvider first = having.getFirst();
    String otherwise = precision == Precision.TF32 ? "; use precision float32" : "";
    throw new IllegalArgumentException(
        "%s needs engine '%s', which cannot run here: %s%s"
            .formatted(
                precision.label(), first.name(), first.unavailable().orElse("?"), otherwise));
  }

  private IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "no engine '%s': choose one of %s"
            .formatted(name, providers.stream().map(EngineProvider::name).toList()));
  }

  private List<EngineProvider> having(Precision precision) {
    return providers.stream().filter(provider -> provider.supports(precision)).toList();
  }

  private static String remedy(List<EngineProvider> having) {
    String other = "precision float32";
    return having.isEmpty() ? other : "engine " + having.getFirst().name() + " or " + other;
  }
}
