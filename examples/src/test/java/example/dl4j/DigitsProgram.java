package example.dl4j;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DataLocation;
import org.noisescape.datasets.DatasetSource;
import org.noisescape.datasets.TargetMap;
import org.noisescape.dl4j.Dl4jData;
import org.noisescape.dl4j.ListenerSettings;
import org.noisescape.dl4j.NoiseListener;
import org.noisescape.objective.SampleSource;

/** DL4J trains on the digits that come with noisescape, watched by a NoiseListener. */
public final class DigitsProgram {
  private DigitsProgram() {}

  /** Takes the number of digits and the file to write. */
  public static void main(String... arguments) throws IOException {
    DataLocation nowhere = DataLocation.of(Optional.empty(), Map.of());
    SampleSource digits =
        new DatasetSource(
            Catalogue.load("digits:train=" + arguments[0], nowhere).train(), TargetMap.ONE_HOT);
    DataSetIterator train = Dl4jData.iterator(digits, 20).flat().shuffled(1);

    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder().nOut(32).activation(Activation.RELU).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(10)
                        .build())
                .setInputType(InputType.feedForward(28 * 28))
                .build());
    network.init();

    ListenerSettings settings = ListenerSettings.every(20).withEigenvalues(3);
    try (NoiseListener noise =
        new NoiseListener(digits, settings, reading -> System.out.println(reading.line()))) {
      network.setListeners(noise);
      network.fit(train, 2);
    }
    ModelSerializer.writeModel(network, new File(arguments[1]), true);
  }
}
