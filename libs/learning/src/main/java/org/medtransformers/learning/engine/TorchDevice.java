package org.medtransformers.learning.engine;

import ai.djl.Device;
import java.util.Optional;
import java.util.OptionalInt;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * Where tensors lie and are computed with.
 *
 * @param name {@code cpu}, or {@code cuda:} and the card's number
 */
public record TorchDevice(String name) {
  public static final TorchDevice CPU = new TorchDevice("cpu");

  /** The type of 16 bits that needs its loss scaled. */
  public static final String FLOAT16 = "float16";

  private static final String CUDA = "cuda:";

  private static final String BFLOAT16 = "bfloat16";

  /** Ampere's. */
  private static final double BFLOAT16_CAPABILITY = 8;

  /**
   * The device that {@code run} asks for; the CPU where it would like a GPU and there is none.
   * Start the engine first ({@link TorchEngine#start}).
   *
   * @throws MedtransException {@link ErrorCode#INVALID_REQUEST} if a GPU is required and there is
   *     none, or if there are GPUs but not the one that is asked for
   */
  public static TorchDevice of(RunConfig run) {
    return choose(run, TorchEngine.gpus().devices().size());
  }

  /**
   * The device called {@code name}. Start the engine first.
   *
   * @param name {@code cpu}, or {@code cuda:} and a GPU's number; {@code cuda} is the first one
   * @throws MedtransException {@link ErrorCode#INVALID_REQUEST} if there is no such device
   */
  public static TorchDevice named(String name) {
    return named(name, name.equals(CPU.name) ? null : TorchEngine.gpus());
  }

  static TorchDevice named(String name, Gpus gpus) {
    if (name.equals(CPU.name)) {
      return CPU;
    }
    String number = name.equals("cuda") ? "0" : name.replaceFirst("^" + CUDA, "");
    for (int gpu = 0; gpu < gpus.devices().size(); gpu++) {
      if (number.equals(Integer.toString(gpu))) {
        return new TorchDevice(CUDA + gpu);
      }
    }
    String allowed =
        gpus.devices().isEmpty() ? "cpu" : "cpu or cuda:0 to cuda:" + (gpus.devices().size() - 1);
    String why = gpus.problem() == null ? "" : " (" + gpus.problem() + ")";
    throw MedtransException.of(
        ErrorCode.INVALID_REQUEST,
        "device %s: there is no such one, allowed is %s%s".formatted(name, allowed, why));
  }

  static TorchDevice choose(RunConfig run, int gpus) {
    boolean required = run.medtrans().requireGpu();
    if (!required && !run.system().useGpu()) {
      return CPU;
    }
    if (gpus > 0) {
      return gpu(run.system().whichGpus(), gpus);
    }
    if (required) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST, "medtrans.require_gpu: this machine has no GPU");
    }
    return CPU;
  }

  /**
   * What to tell of {@code run}, which would like a GPU and works on the CPU; empty where it has
   * what it asks for. Start the engine first.
   */
  public static Optional<String> withoutGpu(RunConfig run) {
    return withoutGpu(run, TorchEngine.gpus());
  }

  static Optional<String> withoutGpu(RunConfig run, Gpus gpus) {
    return run.system().useGpu() && gpus.devices().isEmpty()
        ? Optional.of(
            "system_params.use_GPU: no GPU was found, all is computed on the CPU (%s); false says that this is meant"
                .formatted(gpus.problem()))
        : Optional.empty();
  }

  private static TorchDevice gpu(String number, int gpus) {
    for (int gpu = 0; gpu < gpus; gpu++) {
      if (Integer.toString(gpu).equals(number)) {
        return new TorchDevice(CUDA + gpu);
      }
    }
    throw MedtransException.of(
        ErrorCode.INVALID_REQUEST,
        "system_params.which_GPUs: there is no GPU %s, allowed is one of 0 to %d"
            .formatted(number, gpus - 1));
  }

  /**
   * The type of 16 bits to multiply in: {@code bfloat16} needs no scaled loss; {@code float16} for
   * GPUs that cannot multiply it (before compute capability 8).
   */
  public String mixedType() {
    return gpu().map(TorchDevice::mixedType).orElse(BFLOAT16);
  }

  static String mixedType(Gpus.Gpu gpu) {
    boolean old = Double.parseDouble(gpu.computeCapability()) < BFLOAT16_CAPABILITY;
    return old ? FLOAT16 : BFLOAT16;
  }

  /** As DJL has it. */
  public Device device() {
    return name.startsWith(CUDA) ? Device.gpu(number()) : Device.cpu();
  }

  /** The GPU that it is; empty for the processor. */
  public Optional<Gpus.Gpu> gpu() {
    return name.startsWith(CUDA)
        ? Optional.of(TorchEngine.gpus().devices().get(number()))
        : Optional.empty();
  }

  /** Its number among the GPUs of this process; empty for the processor. */
  OptionalInt gpuNumber() {
    return name.startsWith(CUDA) ? OptionalInt.of(number()) : OptionalInt.empty();
  }

  private int number() {
    return Integer.parseInt(name.substring(CUDA.length()));
  }
}
