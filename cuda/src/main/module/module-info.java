/** The engine {@code cuda}. */
module org.noisescape.cuda {
  requires org.noisescape.core;
  requires org.slf4j;

  provides org.noisescape.tensor.EngineProvider with
      org.noisescape.cuda.engine.CudaEngineProvider;
}
