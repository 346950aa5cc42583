package org.noisescape.nn;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/** A bound layer without parameters; its tangents are a {@link ParameterFree}. */
public abstract class BoundParameterFree implements BoundLayer {
  private final Wiring io;

  /** A layer that reads and writes there. */
  protected BoundParameterFree(Wiring io) {
    this.io = io;
  }

  /** Where the layer reads and writes. */
  protected final Wiring io() {
    return io;
  }

  /** y ← f(x). */
  protected abstract void forward();

  /** x̄ ← (∂f/∂x)ᵀ ȳ; only called where x̄ is wanted. */
  protected abstract void backward();

  @Override
  public final void forward(Tensor[] theta) {
    forward();
  }

  @Override
  public final void backward(
      Tensor[] theta, Tensor[] thetaBar, Accumulation accumulation, Tensor norms) {
    if (io.xBar() != null) {
      backward();
    }
  }

  @Override
  public final SampleGradients sampleGradients(Arena arena) {
    return SampleGradients.NONE;
  }
}
