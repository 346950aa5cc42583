package org.noisescape.cuda.bind;

/** A call of a CUDA library that failed; the message names the call, the status and the purpose. */
public final class CudaException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * A failure.
   *
   * @param call the function
   * @param status what it returned
   * @param meaning the status's name and text
   * @param purpose what was being done
   */
  public CudaException(String call, int status, String meaning, String purpose) {
    super("%s failed with status %d (%s) while %s".formatted(call, status, meaning, purpose));
    this.status = status;
  }

  /** What the function returned. */
  public int status() {
    return status;
  }
}
