package org.noisescape.engine.nd4j;

import java.util.EnumMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;

/** One flat ND4J array for each element type. */
final class Nd4jArena extends Arena {
  private final Map<DType, INDArray> regions = new EnumMap<>(DType.class);

  Nd4jArena(Engine engine) {
    super(engine);
  }

  /** The flat array of one type. */
  INDArray region(DType dtype) {
    requireMemory();
    return regions.get(dtype);
  }

  @Override
  protected void allocate() {
    Scratch.outside(
        () -> {
          for (DType dtype : DType.values()) {
            if (reserved(dtype) > 0) {
              regions.put(dtype, Nd4j.create(Views.type(dtype), reserved(dtype)));
            }
          }
        });
  }

  @Override
  protected void release() {
    regions.values().forEach(INDArray::close);
    regions.clear();
  }
}
