package org.noisescape.quantities;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A quantity with its argument.
 *
 * @param quantity what
 * @param k its argument; 0 where it takes none
 */
public record QuantityRequest(Quantity quantity, int k) {
  /** Checks the argument. */
  public QuantityRequest {
    if (quantity.takesArgument() ? k < 1 : k != 0) {
      throw new IllegalArgumentException(
          quantity.takesArgument()
              ? "%s: K must be >= 1, got %d".formatted(quantity.name(), k)
              : "%s takes no argument".formatted(quantity.name()));
    }
  }

  /**
   * The request of a text: {@code hessian-trace}, {@code hessian-top}, {@code hessian-top:5}.
   *
   * @throws IllegalArgumentException in one line, with the nearest name where there is none such
   */
  public static QuantityRequest parse(String text) {
    int colon = text.indexOf(':');
    Quantity quantity = Quantities.of(text);
    if (colon < 0) {
      return new QuantityRequest(quantity, quantity.preset());
    }
    if (!quantity.takesArgument()) {
      throw new IllegalArgumentException(
          "quantity '%s': %s takes no argument, write %s"
              .formatted(text, quantity.name(), quantity.name()));
    }
    try {
      return new QuantityRequest(quantity, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "quantity '%s': K must be a whole number, write for example %s:%d"
              .formatted(text, quantity.name(), quantity.preset()),
          e);
    }
  }

  /**
   * The requests of several texts.
   *
   * @throws IllegalArgumentException also where a text is empty or a quantity is asked for twice
   */
  public static List<QuantityRequest> parseAll(List<String> texts) {
    Map<Quantity, QuantityRequest> requests = new LinkedHashMap<>();
    for (String text : texts) {
      if (text.isBlank()) {
        throw new IllegalArgumentException(
            "the name of a quantity is empty in '%s'".formatted(String.join(",", texts)));
      }
      QuantityRequest request = parse(text.strip());
      QuantityRequest earlier = requests.putIfAbsent(request.quantity(), request);
      if (earlier != null) {
        throw new IllegalArgumentException(
            earlier.equals(request)
                ? request.text() + " is asked for twice: leave one out"
                : "%s is asked for twice, with %d and %d: ask once, with the larger"
                    .formatted(request.quantity().name(), earlier.k(), request.k()));
      }
    }
    return new ArrayList<>(requests.values());
  }

  /** As users write it; {@link #parse} gives the same request back. */
  public String text() {
    return quantity.takesArgument() ? quantity.name() + ":" + k : quantity.name();
  }
}
