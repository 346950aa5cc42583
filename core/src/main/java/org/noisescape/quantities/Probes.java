package org.noisescape.quantities;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.noisescape.instruments.Instrument;
import org.noisescape.instruments.InstrumentProbe;
import org.noisescape.instruments.Instruments;
import org.noisescape.registry.Registry;
import org.noisescape.train.AugmentedNoiseProbe;
import org.noisescape.train.ClassificationProbe;
import org.noisescape.train.Probe;
import org.noisescape.train.ProbeProvider;
import org.noisescape.train.RiskProbe;
import org.noisescape.train.RiskProbe.Depth;
import org.noisescape.train.StationarityProbe;

/** The table of probes that are no quantity. */
final class Probes {
  private record BuiltIn(String usage, String description, IntFunction<Probe.Factory> factory)
      implements ProbeProvider {
    @Override
    public Probe.Factory probe(int k) {
      return factory.apply(k);
    }
  }

  /** Of pictures as they are, and as augmentation makes them. */
  private record NoiseProbes() implements ProbeProvider {
    @Override
    public String usage() {
      return "noise";
    }

    @Override
    public String description() {
      return "these, ||grad L||^2, noise strength and noise scale; noise:augmented=8 on 8 draws of"
          + " every augmented picture, parted into samples and draws";
    }

    @Override
    public Probe.Factory probe(int k) {
      return RiskProbe.of(Depth.NOISE);
    }

    @Override
    public Optional<Probe.Factory> variant(String key, int k) {
      return key.equals("augmented") ? Optional.of(AugmentedNoiseProbe.of(k)) : Optional.empty();
    }
  }

  /** Reads an instrument off a step. */
  record OfStep(Instrument instrument) implements ProbeProvider {
    @Override
    public String usage() {
      return instrument.name();
    }

    @Override
    public String description() {
      return instrument.description();
    }

    @Override
    public Probe.Factory probe(int k) {
      return InstrumentProbe.of(List.of(instrument));
    }
  }

  /** Probes of their own; a new one is one line here. */
  static final Registry<ProbeProvider> REGISTRY =
      new Registry<>("probe", ProbeProvider.class, ProbeProvider::name, builtIn());

  private static List<ProbeProvider> builtIn() {
    List<ProbeProvider> probes =
        new ArrayList<>(
            List.of(
                new BuiltIn(
                    "loss", "loss and accuracy on all data", k -> RiskProbe.of(Depth.VALUE)),
                new NoiseProbes(),
                new BuiltIn(
                    "wrong-samples",
                    "these, and the shares of loss and gradients that wrong samples carry",
                    k -> RiskProbe.of(Depth.WRONG_SAMPLES)),
                new BuiltIn(
                    "confusion",
                    "confusion matrix and accuracy of each class, on all data",
                    k -> ClassificationProbe.confusion()),
                new BuiltIn(
                    "accuracy-top:5",
                    "fraction of samples whose class is among the K largest outputs, on all data",
                    ClassificationProbe::top),
                new BuiltIn(
                    "fdr",
                    "distance from stationarity, by the fluctuation-dissipation relation",
                    k -> StationarityProbe.full()),
                new BuiltIn(
                    "fdr-top:1",
                    "the same in the space of the K largest Hessian eigenvalues",
                    StationarityProbe::top)));
    Instruments.all().forEach(instrument -> probes.add(new OfStep(instrument)));
    return probes;
  }

  private Probes() {}
}
