package org.noisescape.cli;

import java.util.List;
import java.util.Set;

/**
 * An option, or a positional word, that a source gives.
 *
 * @param name with hyphens; of a positional word its label
 * @param values one, or several of an option that may be repeated; empty for a flag
 * @param source where it stands, for messages
 */
record GivenOption(String name, List<String> values, String source) {
  static final String GRID = "--grid";

  /** Options whose values are KEY=VALUE, each key an option of its own. */
  static final Set<String> KEYED = Set.of("--set", GRID);

  GivenOption {
    values = List.copyOf(values);
  }

  /** What two options must have in common for the later one to replace the earlier one. */
  String identity() {
    return KEYED.contains(name) ? name + " " + values.getFirst().replaceFirst("(?s)=.*", "") : name;
  }

  /** As a line tells it. */
  String shown() {
    return values.isEmpty() ? name : name + " " + String.join(", ", values);
  }
}
