package org.noisescape.objective;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.noisescape.registry.Named;
import org.noisescape.registry.Registry;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.ViewGeometry;

/**
 * What is done to the pictures of every mini-batch, in this order.
 *
 * @param rules none for pictures as they are
 */
public record Augmentation(List<PictureRule> rules) {
  /** Pictures as they are. */
  public static final Augmentation NONE = new Augmentation(List.of());

  private static final String NAME_OF_NONE = "none";

  private record BuiltIn(String usage, String description, Function<String, PictureRule> parser)
      implements AugmentationProvider {
    @Override
    public PictureRule rule(String specification) {
      return parser.apply(specification);
    }
  }

  private static final Registry<AugmentationProvider> REGISTRY =
      new Registry<>(
          "augmentation",
          AugmentationProvider.class,
          AugmentationProvider::name,
          List.of(
              new BuiltIn(
                  "crop:4",
                  "a window at a random place of the picture with a black border of so many pixels",
                  text -> new RandomCrop(pixels(text))),
              new BuiltIn("flip", "left and right exchanged, one time in two", text -> flip(text)),
              new BuiltIn(
                  "cutout:8",
                  "a square of so many pixels a side at a random place is 0",
                  text -> new Cutout(pixels(text)))));

  /** Keeps a list of its own. */
  public Augmentation {
    rules = List.copyOf(rules);
  }

  /** Names, without arguments. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** All rules, for lists. */
  public static List<? extends Named> all() {
    return REGISTRY.all();
  }

  /** The parts of a chain, one at least; none of {@code none}. */
  public static List<String> links(String specification) {
    return specification.equals(NAME_OF_NONE) ? List.of() : List.of(specification.split("\\+", -1));
  }

  /**
   * The chain of a specification such as {@code crop:4+flip}; {@code none} for pictures as they
   * are.
   *
   * @throws IllegalArgumentException for an unknown name, one that is there twice, or arguments
   *     that make no sense
   */
  public static Augmentation parse(String specification) {
    List<PictureRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String link : links(specification)) {
      AugmentationProvider provider = REGISTRY.require(link);
      if (!names.add(provider.name())) {
        throw new IllegalArgumentException(
            "augmentation '%s': %s is there twice: leave one out"
                .formatted(specification, provider.name()));
      }
      rules.add(provider.rule(link));
    }
    return new Augmentation(rules);
  }

  /** Whether pictures stay as they are. */
  public boolean isNone() {
    return rules.isEmpty();
  }

  /** How users write it. */
  public String text() {
    return isNone()
        ? NAME_OF_NONE
        : rules.stream().map(PictureRule::text).collect(Collectors.joining("+"));
  }

  /**
   * The views that the chain takes.
   *
   * @param image (channels, height, width)
   * @param channelsLast how pictures lie in memory
   * @throws IllegalArgumentException in one line where the data are no pictures, or too small, or
   *     the order makes no sense
   */
  public ViewGeometry views(int[] image, boolean channelsLast) {
    if (!isNone() && image[1] == 1) {
      throw new IllegalArgumentException(
          "augmentation '%s' is for pictures, the data have the shape %s: leave it out"
              .formatted(text(), Tensor.describe(image)));
    }
    ViewGeometry views =
        channelsLast
            ? ViewGeometry.plain(1, image[1], image[2], image[0])
            : ViewGeometry.plain(image[0], image[1], image[2], 1);
    PictureRule change = null;
    for (PictureRule rule : rules) {
      ViewGeometry next = rule.views(views);
      if (next.equals(views)) {
        change = rule;
      } else if (change != null) {
        throw new IllegalArgumentException(
            "augmentation '%s': %s changes what %s shows: write it behind"
                .formatted(text(), change.text(), rule.text()));
      }
      views = next;
    }
    return views;
  }

  private static PictureRule flip(String text) {
    if (!text.strip().equals("flip")) {
      throw new IllegalArgumentException(
          "augmentation '%s': flip takes no number, it is one time in two".formatted(text));
    }
    return new RandomFlip();
  }

  private static int pixels(String text) {
    String number = Named.argumentsOf(text).strip();
    if (!number.matches("0*[1-9]\\d{0,5}")) {
      throw new IllegalArgumentException(
          "augmentation '%s': write a whole number of pixels >= 1, as in %s"
              .formatted(text, REGISTRY.require(text).usage()));
    }
    return Integer.parseInt(number);
  }
}
