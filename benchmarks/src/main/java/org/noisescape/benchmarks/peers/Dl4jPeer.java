package org.noisescape.benchmarks.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.noisescape.benchmarks.peers.PeerServer.Request;
import org.noisescape.benchmarks.peers.PeerServer.Work;
import org.noisescape.dl4j.Dl4jExport;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.train.StoredTensor;
import org.noisescape.train.StoredTensor.ElementType;

/** Training steps of Deeplearning4j, on the networks that our exporter makes of ours. */
public final class Dl4jPeer {
  private static final double RATE = 0.001;

  private Dl4jPeer() {}

  /** Serves; no arguments. */
  public static void main(String[] arguments) throws IOException {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    PeerServer.serve("DL4J 1.0.0-M2.1", Dl4jPeer::work);
  }

  private static Optional<Work> work(Request request) {
    return updater(request.optimizer()).map(updater -> new Step(request, updater));
  }

  /** DL4J has Nesterov's momentum only, whose arithmetic is that of heavy ball and a term more. */
  private static Optional<IUpdater> updater(String name) {
    return switch (name) {
      case "sgd" -> Optional.of(new Sgd(RATE));
      case "momentum:0.9" -> Optional.of(new Nesterovs(RATE, 0.9));
      case "adam" -> Optional.of(new Adam(RATE));
      default -> Optional.empty();
    };
  }

  private static Model model(Request request) {
    Network network = ModelZoo.build(request.model(), request.image(), request.outputs());
    List<StoredTensor> tensors = new ArrayList<>();
    double[] theta = network.initialParameters(Initialization.GLOROT, 1, 0);
    add(tensors, network.parameters(), theta);
    add(tensors, network.runningStatistics(), network.initialRunningStatistics(1));
    return Dl4jExport.model(network, tensors, new MeanSquare());
  }

  private static void add(List<StoredTensor> tensors, List<ParameterSpec> specs, double[] all) {
    int at = 0;
    for (ParameterSpec spec : specs) {
      int size = spec.size();
      long[] shape = Arrays.stream(spec.shape()).asLongStream().toArray();
      double[] values = Arrays.copyOfRange(all, at, at + size);
      tensors.add(StoredTensor.of(spec.name(), ElementType.F32, shape, values));
      at += size;
    }
  }

  /** The same network with another updater, which DL4J calls fine-tuning. */
  private static Model trainedBy(Model model, IUpdater updater) {
    FineTuneConfiguration changed = new FineTuneConfiguration.Builder().updater(updater).build();
    return model instanceof MultiLayerNetwork chain
        ? new TransferLearning.Builder(chain).fineTuneConfiguration(changed).build()
        : new TransferLearning.GraphBuilder((ComputationGraph) model)
            .fineTuneConfiguration(changed)
            .build();
  }

  private static final class Step implements Work {
    private final Model model;
    private final INDArray features;
    private final INDArray labels;

    Step(Request request, IUpdater updater) {
      int[] image = request.image();
      long width = (long) image[0] * image[1] * image[2];
      model = trainedBy(model(request), updater);
      features = Nd4j.rand(DataType.FLOAT, request.batch(), width);
      labels = Nd4j.rand(DataType.FLOAT, request.batch(), request.outputs());
    }

    @Override
    public void run() {
      if (model instanceof MultiLayerNetwork chain) {
        chain.fit(features, labels);
      } else {
        ((ComputationGraph) model).fit(new INDArray[] {features}, new INDArray[] {labels});
      }
    }

    @Override
    public void close() {
      features.close();
      labels.close();
    }
  }
}
