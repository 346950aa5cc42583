package org.noisescape.cuda.device;

import java.util.Optional;
import org.noisescape.cuda.bind.Cublas;
import org.noisescape.cuda.bind.CudaException;
import org.noisescape.cuda.bind.Cudnn;
import org.noisescape.cuda.bind.Driver;
import org.noisescape.tensor.Precision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** cuBLAS and cuDNN, opened on one stream: cuBLAS at once, cuDNN when it is first asked for. */
final class DeviceLibraries {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceLibraries.class);

  /** What NVIDIA recommends as cuBLAS's workspace on Hopper; more than enough elsewhere. */
  private static final long CUBLAS_WORKSPACE = 32 << 20;

  private final Cublas cublas;
  private final Opened opened;
  private final long stream;
  private final long cublasHandle;
  private Optional<Cudnn> cudnn;
  private long cudnnHandle;

  DeviceLibraries(
      Cublas cublas,
      Optional<Cudnn> cudnn,
      Driver driver,
      long stream,
      Precision precision,
      Opened opened) {
    this.cublas = cublas;
    this.cudnn = cudnn;
    this.stream = stream;
    this.opened = opened;
    long workspace = driver.allocate(CUBLAS_WORKSPACE);
    opened.closeWith(() -> driver.free(workspace));
    this.cublasHandle = cublas.create();
    opened.closeWith(() -> cublas.destroy(cublasHandle));
    cublas.configure(
        cublasHandle, stream, workspace, CUBLAS_WORKSPACE, precision == Precision.TF32);
  }

  /** cuBLAS loads code at its first products, which had better not be within a recording. */
  void prepareProducts(long scratch) {
    int size = 16;
    long a = scratch;
    long b = a + 8L * size * size;
    long c = b + 8L * size * size;
    Cublas.Product product =
        new Cublas.Product(
            false, false, size, size, size, size, 0, size, 0, size, (long) size * size, 1);
    cublas.single(cublasHandle, product, 1, a, b, 0, c);
    cublas.wide(cublasHandle, product, 1, a, b, 0, c);
  }

  Cublas cublas() {
    return cublas;
  }

  long cublasHandle() {
    return cublasHandle;
  }

  String cublasVersion() {
    return cublas.version(cublasHandle);
  }

  /** Version of cuDNN, where it is installed. */
  Optional<String> cudnnVersion() {
    return cudnn.map(Cudnn::version);
  }

  /** cuDNN with an open handle; nothing where it is not installed or does not open. */
  Optional<Cudnn> cudnn() {
    if (cudnnHandle == 0 && cudnn.isPresent()) {
      try {
        Cudnn found = cudnn.get();
        cudnnHandle = found.create(stream);
        opened.closeWith(() -> found.destroy(cudnnHandle));
      } catch (CudaException e) {
        LOG.warn("going on without cuDNN: {}", e.getMessage());
        cudnn = Optional.empty();
      }
    }
    return cudnn;
  }

  long cudnnHandle() {
    return cudnnHandle;
  }
}
