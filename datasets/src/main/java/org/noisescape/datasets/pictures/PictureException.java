package org.noisescape.datasets.pictures;

import java.io.IOException;

/** What is wrong with a picture, without its name. */
public final class PictureException extends IOException {
  private static final long serialVersionUID = 1;

  /** A complaint. */
  public PictureException(String what) {
    super(what);
  }
}
