package example.dl4j;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.dl4j.Dl4jData;
import org.noisescape.dl4j.Dl4jFile;
import org.noisescape.dl4j.Dl4jNetwork;
import org.noisescape.dl4j.ListenerSettings;
import org.noisescape.dl4j.NoiseListener;
import org.noisescape.dl4j.TensorViews;
import org.noisescape.nn.Network;
import org.noisescape.objective.SampleSource;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Tensor;

/** What docs/dl4j.md shows beside the whole program. */
final class Dl4jSnippets {
  private Dl4jSnippets() {}

  static void watch(MultiLayerNetwork network, DataSetIterator train) {
    NoiseListener noise = new NoiseListener(train, ListenerSettings.every(100));
    network.setListeners(noise);
    network.fit(train, 3);
    noise.readings().forEach(reading -> System.out.println(reading.line()));
    noise.close();
  }

  static double trace(Model model, DataSetIterator train) {
    SampleSource samples = Dl4jData.samples(train);
    Dl4jNetwork read = Dl4jNetwork.of(model);
    Network network = read.network(samples.imageShape());
    try (Engine engine = Engines.open("host", 2);
        Curvature curvature =
            Curvature.over(
                engine,
                network,
                read.loss().require().loss(),
                samples,
                CurvatureOptions.of(DType.FLOAT64))) {
      curvature.at(read.parameters(network), read.runningStatistics(network));
      return curvature.gaussNewtonTrace();
    }
  }

  static Model read(Path file) throws IOException {
    Model model = Dl4jFile.read(file);
    System.out.println(Dl4jNetwork.of(model).specification());
    return model;
  }

  static double view(Engine engine) {
    try (Arena arena = engine.arena()) {
      Tensor theta = arena.reserve(DType.FLOAT32, 2, 1000);
      arena.commit();
      INDArray weights = TensorViews.of(theta.slice(100, 20, 30));
      weights.addi(1);
      return engine.memory().readDoubles(theta)[100];
    }
  }
}
