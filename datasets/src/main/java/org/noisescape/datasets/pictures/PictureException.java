package org.noisescape.datasets.pictures;

import java.io.IOException;

/** What is wrong with a picture, without its name. */
public final class PictureException extends IOException {
  private static final long serialVersionUID = 1;

  PictureException(String what) {
    super(what);
  }
}
