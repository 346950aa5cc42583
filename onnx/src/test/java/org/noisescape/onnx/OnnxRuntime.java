package org.noisescape.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** ONNX Runtime, which shares no line with this project. */
final class OnnxRuntime {
  private OnnxRuntime() {}

  /**
   * Outputs of a model.
   *
   * @param shape axes of the input, the samples first
   */
  static double[] outputs(Path file, double[] x, long... shape) throws OrtException {
    FloatBuffer values = FloatBuffer.allocate(x.length);
    for (double value : x) {
      values.put((float) value);
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(file.toString(), options);
          OnnxTensor input = OnnxTensor.createTensor(environment, values.flip(), shape);
          OrtSession.Result result =
              session.run(Map.of(session.getInputNames().iterator().next(), input))) {
        FloatBuffer floats = ((OnnxTensor) result.get(0)).getFloatBuffer();
        double[] outputs = new double[floats.remaining()];
        for (int i = 0; i < outputs.length; i++) {
          outputs[i] = floats.get(i);
        }
        return outputs;
      }
    }
  }
}
