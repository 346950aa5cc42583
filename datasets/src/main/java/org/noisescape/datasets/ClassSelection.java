package org.noisescape.datasets;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Samples of some classes: option {@code only=cat+dog}, or {@code only=3+5} by number. They are
 * numbered anew in the order given.
 *
 * @param classes names or numbers, two or more, all different
 */
record ClassSelection(List<String> classes) {
  /** Name of the selection among the digests. */
  private static final String DIGEST = "classes";

  ClassSelection {
    classes = List.copyOf(classes);
  }

  /** Both parts, with the selection among the digests of each. */
  DatasetPair apply(DatasetPair pair) {
    return new DatasetPair(apply(pair.train()), pair.test().map(this::apply));
  }

  private Dataset apply(Dataset all) {
    if (all.isRegression()) {
      throw new DataException(all.name() + ": only=CLASS+CLASS is for classes, leave it out");
    }
    int[] numbers = classes.stream().mapToInt(one -> number(all, one)).toArray();
    if (IntStream.of(numbers).distinct().count() != numbers.length || numbers.length < 2) {
      throw new DataException(
          "%s: only must name two or more different classes, got '%s'"
              .formatted(all.name(), String.join("+", classes)));
    }
    int[] renumbered = new int[all.classes()];
    java.util.Arrays.fill(renumbered, -1);
    for (int i = 0; i < numbers.length; i++) {
      renumbered[numbers[i]] = i;
    }
    int[] rows =
        IntStream.range(0, all.size()).filter(i -> renumbered[all.labels()[i]] >= 0).toArray();
    int[] labels = IntStream.of(rows).map(row -> renumbered[all.labels()[row]]).toArray();
    List<String> names = IntStream.of(numbers).mapToObj(all.classNames()::get).toList();
    Map<String, String> digests = new TreeMap<>(all.digests());
    digests.put(DIGEST, String.join("+", names));
    return new Dataset(
        all.name(),
        all.split(),
        all.imageShape(),
        new ChosenRows(all.features(), rows),
        labels,
        all.regressionTargets(),
        numbers.length,
        names,
        digests);
  }

  private static int number(Dataset all, String word) {
    int named = all.classNames().indexOf(word);
    Optional<Integer> number =
        word.matches("\\d{1,6}") ? Optional.of(Integer.parseInt(word)) : Optional.empty();
    int found = named >= 0 ? named : number.orElse(-1);
    if (found < 0 || found >= all.classes()) {
      throw new DataException(
          "%s: only=%s: no such class; there are %s"
              .formatted(all.name(), word, String.join(", ", all.classNames())));
    }
    return found;
  }
}
