/** Networks and parameters in files of ONNX. */
module org.noisescape.onnx {
  requires org.noisescape.core;
  requires com.google.protobuf;
  requires hipparchus.core;

  provides org.noisescape.nn.ModelProvider with
      org.noisescape.onnx.OnnxNetwork;
  provides org.noisescape.train.ParameterFormat with
      org.noisescape.onnx.OnnxFormat;
}
