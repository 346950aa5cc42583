package org.noisescape.experiments.meng.covariance;

import java.util.List;

/**
 * The second-order expansion of the noise around one minimum.
 *
 * @param seed replica
 * @param layers along the paths of the layers
 * @param coordinates one parameter at a time
 */
record NoiseExpansion(int seed, List<LayerExpansion> layers, List<CoordinateNoise> coordinates) {
  NoiseExpansion {
    layers = List.copyOf(layers);
    coordinates = List.copyOf(coordinates);
  }

  LayerExpansion of(String layer) {
    return layers.stream().filter(l -> l.layer().equals(layer)).findFirst().orElseThrow();
  }
}
