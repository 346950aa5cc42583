package org.noisescape.experiments.mori.saddle;

import java.util.List;

/** Which of the text's two cases of noise along several axes. */
enum NoiseKind {
  /** (2ηL/B)h* along every axis. */
  ISOTROPIC(
      EscapeLaw.NO_DETERMINANTS,
      EscapeLaw.ONE_DIMENSION,
      EscapeLaw.MISPRINT,
      EscapeLaw.EXPONENTIAL,
      EscapeLaw.BARRIER_ALONE),
  /** (2ηL/B)h_i along axis i, appendix C. */
  UNEQUAL(
      EscapeLaw.TRANSVERSE,
      EscapeLaw.EFFECTIVE_DIMENSION,
      EscapeLaw.ONE_DIMENSION,
      EscapeLaw.EXPONENTIAL);

  private final List<EscapeLaw> rivals;

  NoiseKind(EscapeLaw... rivals) {
    this.rivals = List.of(rivals);
  }

  List<EscapeLaw> rivals() {
    return rivals;
  }
}
