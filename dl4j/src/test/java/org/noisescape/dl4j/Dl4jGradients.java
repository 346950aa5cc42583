package org.noisescape.dl4j;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** What DL4J itself computes. */
final class Dl4jGradients {
  private Dl4jGradients() {}

  /** DL4J's gradient of the mean loss of a batch, without L2, in its own order. */
  static double[] of(Model model, DataSet batch) {
    INDArray x = batch.getFeatures();
    INDArray y = batch.getLabels();
    INDArray gradient;
    if (model instanceof MultiLayerNetwork chain) {
      chain.setInput(x);
      chain.setLabels(y);
      chain.computeGradientAndScore();
      gradient = chain.getFlattenedGradients();
    } else {
      ComputationGraph graph = (ComputationGraph) model;
      graph.setInputs(x);
      graph.setLabels(y);
      graph.computeGradientAndScore();
      gradient = graph.getFlattenedGradients();
    }
    double[] values = gradient.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    // DL4J sums over the batch here, and divides when it updates
    for (int i = 0; i < values.length; i++) {
      values[i] /= x.size(0);
    }
    return values;
  }

  /** tr S of per-sample gradients, one after the other, and ‖ḡ‖. */
  static double[] noiseAndNorm(Model model, SampleIterator oneByOne) {
    double squares = 0;
    double[] mean = null;
    int count = 0;
    while (oneByOne.hasNext()) {
      double[] gradient = of(model, oneByOne.next(1));
      mean = mean == null ? new double[gradient.length] : mean;
      for (int i = 0; i < gradient.length; i++) {
        mean[i] += gradient[i];
        squares += gradient[i] * gradient[i];
      }
      count++;
    }
    double norm = 0;
    for (double sum : mean) {
      norm += sum / count * (sum / count);
    }
    return new double[] {squares / count - norm, Math.sqrt(norm)};
  }
}
