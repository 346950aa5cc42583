package org.noisescape.cuda.device;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.cuda.bind.Cublas;
import org.noisescape.cuda.bind.Cudnn;
import org.noisescape.cuda.bind.Driver;
import org.noisescape.cuda.bind.Driver.Attribute;
import org.noisescape.cuda.bind.LibraryFinder;
import org.noisescape.cuda.bind.Nvrtc;
import org.noisescape.tensor.ComputeDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of CUDA there is on this machine: the driver and its first device, NVRTC, cuBLAS, cuDNN.
 *
 * <p>cuDNN may be missing: convolutions are then computed by products of unfolded images.
 */
public final class Installation {
  /**
   * Environment variable, or system property {@value #CUDNN_PROPERTY}: {@code off} leaves cuDNN
   * alone, {@code fast} allows its algorithms by transforms, which lose digits.
   */
  static final String CUDNN_SWITCH = "NOISESCAPE_CUDNN";

  static final String CUDNN_PROPERTY = "noisescape.cudnn";

  /** Which devices the driver shows a process, in which order. */
  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private static final String OFF = "off";
  private static final String FAST = "fast";

  private static final Logger LOG = LoggerFactory.getLogger(Installation.class);
  private static final int OLDEST_CAPABILITY = 75;
  private static final int NEWEST_MAJOR = 13;

  private final LibraryFinder finder;
  private final Driver driver;
  private final String driverProblem;
  private final int device;
  private final int capability;

  private Installation(LibraryFinder finder) {
    this.finder = finder;
    Driver found = null;
    String problem = null;
    int ordinal = 0;
    int tens = 0;
    if (finder.find(Driver.FILES).isEmpty()) {
      problem = "no NVIDIA driver: " + finder.missing(Driver.FILES);
    } else {
      try {
        found = Driver.find(finder).orElseThrow();
        if (found.version() < Driver.OLDEST_VERSION) {
          problem =
              "the driver %s is for CUDA %s; CUDA 12 or newer is needed: update the driver"
                  .formatted(found.path(), version(found.version()));
        } else if (found.deviceCount() == 0) {
          problem = "the driver %s sees no GPU".formatted(found.path());
        } else {
          ordinal = found.device(0);
          tens =
              10 * found.attribute(ordinal, Attribute.CAPABILITY_MAJOR)
                  + found.attribute(ordinal, Attribute.CAPABILITY_MINOR);
          if (tens < OLDEST_CAPABILITY) {
            problem =
                "%s has compute capability %s; 7.5 (Turing) or newer is needed"
                    .formatted(found.name(ordinal), decimal(tens));
          }
        }
      } catch (IllegalStateException e) {
        problem = "the NVIDIA driver cannot be used: " + e.getMessage();
      }
    }
    this.driver = found;
    this.driverProblem = problem;
    this.device = ordinal;
    this.capability = tens;
  }

  /** Looks in the folders of a finder; loads nothing but the driver, and that only where it is. */
  public static Installation in(LibraryFinder finder) {
    return new Installation(finder);
  }

  /** One line on what is missing; empty where the engine can run. */
  public Optional<String> problem() {
    if (driverProblem != null) {
      return Optional.of(driverProblem);
    }
    if (!List.of("", OFF, FAST).contains(cudnnSwitch())) {
      return Optional.of(
          "%s=%s: say %s, %s or nothing".formatted(CUDNN_SWITCH, cudnnSwitch(), OFF, FAST));
    }
    for (List<String> files : List.of(nvrtcFiles(), cublasFiles())) {
      if (finder.find(files).isEmpty()) {
        return Optional.of(finder.missing(files));
      }
    }
    return Optional.empty();
  }

  /** What was found, and for what was not, which file was missing where: a line each. */
  public List<String> report() {
    List<String> lines = new ArrayList<>();
    if (driver == null) {
      lines.add(driverProblem);
    } else {
      lines.add("driver: %s, CUDA %s".formatted(driver.path(), version(driver.version())));
      if (capability > 0) {
        lines.add(
            "device: %s, compute capability %s, %.1f GiB"
                .formatted(
                    driver.name(device), decimal(capability), driver.memory(device) * 0x1p-30));
      }
      if (driverProblem != null) {
        lines.add(driverProblem);
      }
    }
    lines.add(line("NVRTC", nvrtcFiles(), ""));
    lines.add(line("cuBLAS", cublasFiles(), ""));
    lines.add(line("cuDNN", Cudnn.FILES, "; convolutions will be products of unfolded images"));
    return lines;
  }

  /** The device, compute capability and driver in one line. */
  public String summary() {
    return "%s, compute capability %s, %.1f GiB, CUDA %s"
        .formatted(
            driver.name(device),
            decimal(capability),
            driver.memory(device) * 0x1p-30,
            version(driver.version()));
  }

  /**
   * All devices the driver shows.
   *
   * @param environment of this process, which may see some of the machine's devices only
   */
  public List<ComputeDevice> devices(Map<String, String> environment) {
    List<String> visible =
        Arrays.stream(environment.getOrDefault(VISIBLE, "").split(","))
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .toList();
    List<ComputeDevice> all = new ArrayList<>();
    for (int i = 0; i < driver.deviceCount(); i++) {
      String id = i < visible.size() ? visible.get(i) : Integer.toString(i);
      String name = "GPU %s (%s)".formatted(id, driver.name(driver.device(i)));
      all.add(new ComputeDevice(name, Map.of(VISIBLE, id)));
    }
    return all;
  }

  /** The driver for one device: it keeps results of calls and serves one thread at a time. */
  Driver openDriver() {
    return Driver.load(driver.path());
  }

  int device() {
    return device;
  }

  /** 10 major + minor. */
  int capability() {
    return capability;
  }

  Nvrtc nvrtc() {
    return new Nvrtc(require(nvrtcFiles()));
  }

  Cublas cublas() {
    return new Cublas(require(cublasFiles()));
  }

  /** cuDNN, where it is installed, loads and is not switched off. */
  Optional<Cudnn> cudnn() {
    if (OFF.equals(cudnnSwitch())) {
      return Optional.empty();
    }
    try {
      return finder.find(Cudnn.FILES).map(Cudnn::new);
    } catch (IllegalStateException e) {
      LOG.warn("going on without cuDNN: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Whether cuDNN may transform (Winograd, Fourier) and so lose digits. */
  boolean allowsTransforms() {
    return FAST.equals(cudnnSwitch());
  }

  private static String cudnnSwitch() {
    String said = System.getProperty(CUDNN_PROPERTY, System.getenv(CUDNN_SWITCH));
    return said == null ? "" : said;
  }

  private Path require(List<String> files) {
    return finder.find(files).orElseThrow(() -> new IllegalStateException(finder.missing(files)));
  }

  private String line(String what, List<String> files, String consequence) {
    return what
        + ": "
        + finder.find(files).map(Path::toString).orElse(finder.missing(files) + consequence);
  }

  private List<String> nvrtcFiles() {
    return Nvrtc.files(newestMajor());
  }

  private List<String> cublasFiles() {
    return Cublas.files(newestMajor());
  }

  private int newestMajor() {
    return driver == null ? NEWEST_MAJOR : driver.version() / 1000;
  }

  private static String version(int number) {
    return number / 1000 + "." + number % 1000 / 10;
  }

  static String decimal(int tens) {
    return tens / 10 + "." + tens % 10;
  }
}
