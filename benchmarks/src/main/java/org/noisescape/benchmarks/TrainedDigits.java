package org.noisescape.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.noisescape.datasets.DataRequest;
import org.noisescape.files.JsonFile;
import org.noisescape.loss.CrossEntropy;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.SampleSource;
import org.noisescape.optim.Optimizers;
import org.noisescape.tensor.Engine;
import org.noisescape.train.Interval;
import org.noisescape.train.Trainer;
import org.noisescape.train.TrainingPlan;
import org.noisescape.train.TrainingSetup;

/**
 * A network after some epochs on digits drawn by code, under cross-entropy: H has the outliers that
 * trained networks have.
 *
 * @param network what was trained
 * @param data the digits
 * @param theta θ (P)
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record TrainedDigits(Network network, SampleSource data, double[] theta) {
  private static final int EPOCHS = 5;

  /** Trains; the same numbers every time. */
  static TrainedDigits of(Engine engine, String model, int samples, int side) {
    SampleSource data =
        DataRequest.of("digits:train=%d,test=1,size=%d".formatted(samples, side)).load().train();
    Network network = ModelZoo.build(model, data.imageShape(), data.outputs());
    TrainingPlan plan =
        TrainingPlan.of(network, new CrossEntropy(0))
            .rules(Optimizers.parse("momentum:0.9"))
            .learningRate(0.02)
            .batch(Math.min(100, samples))
            .epochs(EPOCHS)
            .build();
    try (Trainer trainer =
        new Trainer(
            engine,
            TrainingSetup.of(plan, data)
                .withCheckpoints(new Interval(1e12, Interval.Unit.STEPS)))) {
      trainer.run();
      return new TrainedDigits(network, data, trainer.state().theta());
    }
  }

  /** What peers are told. */
  ObjectNode json() {
    ObjectNode node = JsonFile.MAPPER.createObjectNode();
    node.put("model", network.name());
    for (int length : data.imageShape()) {
      node.withArray("image").add(length);
    }
    return node.put("outputs", data.outputs())
        .put("batch", data.size())
        .put("samples", data.size())
        .put("loss", "ce");
  }
}
