package org.noisescape.random;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a random number is for. Its number enters every key, so that draws for different purposes
 * are independent.
 *
 * <p>The purposes of this project have the numbers 0, 1, …, which never change; others are made by
 * {@link #of}, have numbers of 2⁶³ and above, and so draw what nothing here draws. There is one
 * object a name.
 */
public final class Purpose {
  /** Initial parameters. */
  public static final Purpose INITIALIZATION = new Purpose("INITIALIZATION", 0);

  /** Which samples form a mini-batch. */
  public static final Purpose SAMPLING = new Purpose("SAMPLING", 1);

  /** State-dependent noise of an update rule: ξ₁ of PL-SGD. */
  public static final Purpose STATE_DEPENDENT_NOISE = new Purpose("STATE_DEPENDENT_NOISE", 2);

  /** Additive noise of an update rule: ξ₂ of PL-SGD, Langevin and isotropic noise. */
  public static final Purpose ADDITIVE_NOISE = new Purpose("ADDITIVE_NOISE", 3);

  /** Inputs and labels of synthetic data sets. */
  public static final Purpose SYNTHETIC_DATA = new Purpose("SYNTHETIC_DATA", 4);

  /** Random vectors of trace and spectrum estimators. */
  public static final Purpose ESTIMATOR = new Purpose("ESTIMATOR", 5);

  /** Resampling for error bars. */
  public static final Purpose BOOTSTRAP = new Purpose("BOOTSTRAP", 6);

  /** Noise of a gradient that is given as a formula. */
  public static final Purpose GRADIENT_NOISE = new Purpose("GRADIENT_NOISE", 7);

  /** Which labels are exchanged for others. */
  public static final Purpose LABELS = new Purpose("LABELS", 8);

  /** Noise of the targets of a mini-batch. */
  public static final Purpose LABEL_NOISE = new Purpose("LABEL_NOISE", 9);

  /** Which view of a picture a step sees. */
  public static final Purpose AUGMENTATION = new Purpose("AUGMENTATION", 10);

  /** Which samples are held out. */
  public static final Purpose VALIDATION = new Purpose("VALIDATION", 11);

  private static final List<Purpose> BUILT_IN =
      List.of(
          INITIALIZATION,
          SAMPLING,
          STATE_DEPENDENT_NOISE,
          ADDITIVE_NOISE,
          SYNTHETIC_DATA,
          ESTIMATOR,
          BOOTSTRAP,
          GRADIENT_NOISE,
          LABELS,
          LABEL_NOISE,
          AUGMENTATION,
          VALIDATION);

  private static final Map<String, Purpose> OTHERS = new ConcurrentHashMap<>();

  private final String name;
  private final long number;

  private Purpose(String name, long number) {
    this.name = name;
    this.number = number;
  }

  /**
   * The purpose of a name, for random numbers that nothing here draws.
   *
   * @param name such that nobody else takes it, for example {@code org.example.dropout}: the number
   *     is a function of it
   */
  public static Purpose of(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a purpose needs a name, for example org.example.dropout");
    }
    return OTHERS.computeIfAbsent(name, text -> new Purpose(text, Long.MIN_VALUE | hash(text)));
  }

  /** The purposes of this project, by number. */
  public static List<Purpose> builtIn() {
    return BUILT_IN;
  }

  /**
   * The purpose of the n-th user where several have the same one: this for n = 0, then others.
   *
   * @param n from 0 on
   */
  public Purpose user(int n) {
    return n == 0 ? this : of(name + "#" + n);
  }

  /** What enters keys. */
  public long number() {
    return number;
  }

  @Override
  public String toString() {
    return name;
  }

  /** FNV-1a of the name in UTF-8, 64 bits (Fowler, Noll and Vo). */
  private static long hash(String text) {
    long hash = 0xCBF29CE484222325L;
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xFF)) * 0x100000001B3L;
    }
    return hash;
  }
}
