/** Networks, training with instrumented optimizers, and measurements of the noise of SGD. */
module org.noisescape.core {
  requires jdk.incubator.vector;
  requires jdk.management;
  requires transitive com.fasterxml.jackson.databind;
  requires hipparchus.core;
  requires org.bytedeco.dnnl;
  requires org.bytedeco.javacpp;
  requires org.bytedeco.openblas;
  requires org.bytedeco.opencl;
  requires org.slf4j;

  exports org.noisescape;
  exports org.noisescape.curvature;
  exports org.noisescape.dynamics;
  exports org.noisescape.dynamics.landscape;
  exports org.noisescape.dynamics.statistics;
  exports org.noisescape.files;
  exports org.noisescape.instruments;
  exports org.noisescape.krylov;
  exports org.noisescape.linop;
  exports org.noisescape.loss;
  exports org.noisescape.nn;
  exports org.noisescape.objective;
  exports org.noisescape.optim;
  exports org.noisescape.quantities;
  exports org.noisescape.random;
  exports org.noisescape.registry;
  exports org.noisescape.tensor;
  exports org.noisescape.theory;
  exports org.noisescape.theory.liu;
  exports org.noisescape.theory.meng;
  exports org.noisescape.theory.mori;
  exports org.noisescape.theory.passage;
  exports org.noisescape.theory.wei;
  exports org.noisescape.train;

  uses org.noisescape.tensor.EngineProvider;

  provides org.noisescape.tensor.EngineProvider with
      org.noisescape.engine.host.HostEngineProvider;
}
