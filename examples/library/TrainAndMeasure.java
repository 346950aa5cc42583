import org.noisescape.Trained;
import org.noisescape.Training;
import org.noisescape.datasets.DataRequest;
import org.noisescape.datasets.LoadedData;
import org.noisescape.quantities.Finding;
import org.noisescape.train.Measurement;

void main() {
  LoadedData data = DataRequest.of("digits").load();
  Trained trained =
      Training.of("mlp:20", data.train())
          .test(data.test())
          .loss("ce")
          .optimizer("momentum:0.9")
          .learningRate(0.05)
          .batch(50)
          .epochs(5)
          .seed(1)
          .measure("noise")
          .run();
  for (Measurement line : trained.measurements()) {
    IO.println(
        "epoch %.0f: loss %.4f, noise strength %.4f ± %.4f, test accuracy %.3f"
            .formatted(
                line.epoch(),
                line.values().get("train_loss"),
                line.values().get("noise_strength"),
                line.values().get("noise_strength_standard_error"),
                line.values().get("test_accuracy")));
  }
  Finding top = trained.measure("hessian-top:3");
  IO.println("largest eigenvalues of H: %s, residuals %s".formatted(top.values(), top.errors()));
  trained.save(Path.of("digits.safetensors"));
}
