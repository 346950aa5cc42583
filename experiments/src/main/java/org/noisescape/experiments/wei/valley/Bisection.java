package org.noisescape.experiments.wei.valley;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The path between two states by halving: where A and B are not connected, C between them is
 * inserted and A and C, then C and B are looked at, until they are connected or nothing is between.
 *
 * <p>Depth: the binary logarithm of the iterations between A and B. Source: Wei and Schwab, section
 * 2.1.1.
 */
final class Bisection {
  private Bisection() {}

  /**
   * What is halved.
   *
   * @param <S> states
   * @param <L> links of two states
   */
  interface Ground<S, L> {
    /** The link of two states. */
    L link(S left, S right);

    /** Whether a link is left as it is. */
    boolean connected(L link);

    /** The state half way, if one is between. */
    Optional<S> between(S left, S right);
  }

  /**
   * A link of the path that is not halved any more.
   *
   * @param left its first state
   * @param right its last state
   * @param link what links them
   */
  record Piece<S, L>(S left, S right, L link) {}

  /** The path from left to right. */
  static <S, L> List<Piece<S, L>> path(S left, S right, Ground<S, L> ground) {
    List<Piece<S, L>> pieces = new ArrayList<>();
    refine(left, right, ground, pieces);
    return pieces;
  }

  private static <S, L> void refine(
      S left, S right, Ground<S, L> ground, List<Piece<S, L>> pieces) {
    L link = ground.link(left, right);
    Optional<S> middle = ground.connected(link) ? Optional.empty() : ground.between(left, right);
    if (middle.isEmpty()) {
      pieces.add(new Piece<>(left, right, link));
      return;
    }
    refine(left, middle.get(), ground, pieces);
    refine(middle.get(), right, ground, pieces);
  }
}
