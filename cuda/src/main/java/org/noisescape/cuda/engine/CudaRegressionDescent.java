package org.noisescape.cuda.engine;

import java.util.List;
import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Kernel;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.DescentPlan;
import org.noisescape.tensor.Tensor;

/**
 * Linear regression, a thread a replica, by {@code regression.cu} compiled for the dimension and
 * the mini-batch.
 *
 * <p>The loss over all samples is the quadratic form ½θᵀAθ − b·θ + c, A = (1/N) Σ x xᵀ, b = (1/N) Σ
 * t x, c = (1/2N) Σ t², so that a look costs d² products.
 */
final class CudaRegressionDescent extends FusedDescent {
  /** Parameters that fit a thread's registers. */
  static final int MAXIMAL_DIMENSION = 32;

  /** Few, so that a few hundred replicas spread over many multiprocessors. */
  private static final int THREADS = 32;

  private static final int FORM_THREADS = 128;

  private final Kernel kernel;
  private final Kernel formKernel;
  private final Tensor form;
  private boolean formed;

  CudaRegressionDescent(DescentPlan plan, Device device) {
    super(plan, device);
    int dimension = plan.theta().dim(1);
    DType dtype = plan.theta().dtype();
    List<String> sizes = definitions(dimension, plan.batch());
    this.kernel = device.kernels().get("regression", dtype, sizes, "regression");
    this.formKernel = device.kernels().get("regression", dtype, sizes, "regression_form");
    this.form = plan.theta().engine().tensor(dtype, dimension * dimension + dimension + 1);
    ((CudaArena) plan.theta().arena()).onClose(form.arena()::close);
  }

  /** Options that make the kernels those of a dimension and a mini-batch. */
  static List<String> definitions(int dimension, int batch) {
    return List.of("-DDIMENSION=" + dimension, "-DBATCH=" + batch);
  }

  @Override
  void launch(int steps) {
    DescentPlan plan = plan();
    if (!formed) {
      formKernel
          .with(Address.of(plan.features()))
          .with(Address.stride(plan.features()))
          .with(Address.of(plan.targets()))
          .with(Address.stride(plan.targets()))
          .with(plan.samples())
          .with(Address.of(form))
          .launch(((int) form.size() + FORM_THREADS - 1) / FORM_THREADS, 1, 1, FORM_THREADS, 0);
      // what is recorded has not run
      formed = !device().isRecording();
    }
    withTensors()
        .with(plan.replicas())
        .with(plan.samples())
        .with(withoutReplacement())
        .with(plan.lookEvery())
        .with(steps)
        .with(Address.of(form))
        .launch((plan.replicas() + THREADS - 1) / THREADS, 1, 1, THREADS, 0);
  }

  /** Gives the arguments up to the values: tensors and strides. */
  private Kernel withTensors() {
    DescentPlan plan = plan();
    return kernel
        .with(Address.of(plan.theta()))
        .with(Address.stride(plan.theta()))
        .with(Address.of(plan.features()))
        .with(Address.stride(plan.features()))
        .with(Address.of(plan.targets()))
        .with(Address.stride(plan.targets()))
        .with(Address.of(plan.learningRate()))
        .with(Address.stride(plan.learningRate()))
        .with(Address.of(plan.keys()))
        .with(Address.stride(plan.keys()))
        .with(Address.of(plan.step()))
        .with(Address.orNull(plan.thresholds()))
        .with(Address.stride(plan.thresholds()))
        .with(thresholds())
        .with(Address.orNull(plan.passages()))
        .with(Address.stride(plan.passages()))
        .with(Address.of(plan.values()))
        .with(Address.stride(plan.values()));
  }
}
