package example.named;

import org.noisescape.objective.AugmentationProvider;
import org.noisescape.objective.PictureBatch;
import org.noisescape.objective.PictureRule;
import org.noisescape.random.Purpose;
import org.noisescape.registry.Named;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.RandomFill;
import org.noisescape.tensor.Tensor;

/**
 * Normal noise is added to every number of a picture, anew in each step.
 *
 * @param deviation its standard deviation
 */
public record PixelNoise(double deviation) implements PictureRule {
  private static final Purpose NOISE = Purpose.of("example.pixel-noise");

  /** {@code pixel-noise:DEVIATION}. */
  public static final class Provider implements AugmentationProvider {
    @Override
    public String usage() {
      return "pixel-noise:0.1";
    }

    @Override
    public String description() {
      return "adds normal noise to every pixel";
    }

    @Override
    public PictureRule rule(String specification) {
      return new PixelNoise(Double.parseDouble(Named.argumentsOf(specification)));
    }
  }

  @Override
  public String text() {
    return "pixel-noise:" + deviation;
  }

  @Override
  public Runnable bind(PictureBatch batch) {
    Arena arena = batch.arena();
    RandomFill random = arena.engine().random();
    Tensor pictures = batch.pictures();
    Tensor numbers = pictures.reshape(pictures.dim(0), pictures.dim(1) * batch.geometry().size());
    Tensor keys = batch.keys(NOISE);
    Tensor sigma = arena.reserve(DType.FLOAT64, pictures.dim(0));
    arena.onCommit(() -> arena.engine().memory().fill(sigma, deviation));
    return () -> random.addNormal(numbers, sigma, keys, batch.step());
  }
}
