package org.medtransformers.learning.engine;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What NVIDIA's management library tells of one GPU. What it does not know of that GPU is empty.
 *
 * @see <a href="https://docs.nvidia.com/deploy/nvml-api/">NVML API Reference Guide</a>
 */
public interface Nvml {
  /**
   * Energy of the whole GPU since its driver was loaded. Empty before Volta, and where the GPU is
   * divided: then nobody knows which instance has taken it.
   */
  OptionalDouble joules();

  /** Bytes that this process holds there, what libtorch keeps for later included. */
  OptionalLong processMemory();

  /** The library's view of {@code device}; empty for the processor, or where there is none. */
  static Optional<Nvml> of(TorchDevice device) {
    try {
      return device.gpuNumber().isEmpty()
          ? Optional.empty()
          : CudaDriver.ofMachine()
              .map(driver -> Native.at(driver.busId(device.gpuNumber().getAsInt())));
    } catch (UnsatisfiedLinkError | CudaDriver.CudaException | Refused e) {
      return Optional.empty();
    }
  }

  /** A call that the library has not answered with success. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String call, int code) {
      super(call + " says " + code);
    }
  }

  /** {@code libnvidia-ml.so.1}. */
  final class Native implements Nvml {
    private static final double MILLI = 1e-3;
    private static final int MOST_PROCESSES = 1024;

    /** {@code nvmlProcessInfo_t}: number, memory, two numbers of instances. */
    private static final int INFO_BYTES = 24;

    private static final int INFO_MEMORY = 8;
    private static final long NOT_AVAILABLE = -1;

    private final NativeLibrary library;
    private final Pointer gpu;

    private Native(NativeLibrary library, Pointer gpu) {
      this.library = library;
      this.gpu = gpu;
    }

    static Nvml at(String busId) {
      NativeLibrary library = NativeLibrary.getInstance("libnvidia-ml.so.1");
      call(library, "nvmlInit_v2");
      PointerByReference handle = new PointerByReference();
      call(library, "nvmlDeviceGetHandleByPciBusId_v2", busId, handle);
      return new Native(library, handle.getValue());
    }

    @Override
    public OptionalDouble joules() {
      try {
        LongByReference millijoules = new LongByReference();
        if (divided()) {
          return OptionalDouble.empty();
        }
        call(library, "nvmlDeviceGetTotalEnergyConsumption", gpu, millijoules);
        return OptionalDouble.of(millijoules.getValue() * MILLI);
      } catch (Refused | UnsatisfiedLinkError e) {
        return OptionalDouble.empty();
      }
    }

    private boolean divided() {
      try {
        IntByReference current = new IntByReference();
        call(library, "nvmlDeviceGetMigMode", gpu, current, new IntByReference());
        return current.getValue() != 0;
      } catch (Refused | UnsatisfiedLinkError e) {
        // Such a GPU or driver knows no instances.
        return false;
      }
    }

    @Override
    public OptionalLong processMemory() {
      try (Memory infos = new Memory((long) MOST_PROCESSES * INFO_BYTES)) {
        IntByReference count = new IntByReference(MOST_PROCESSES);
        call(library, "nvmlDeviceGetComputeRunningProcesses_v3", gpu, count, infos);
        return own(infos, count.getValue());
      } catch (Refused | UnsatisfiedLinkError e) {
        return OptionalLong.empty();
      }
    }

    /** In a container a process has another number than the driver knows it by. */
    private static OptionalLong own(Memory infos, int count) {
      long process = ProcessHandle.current().pid();
      for (int i = 0; i < count; i++) {
        if (count == 1 || infos.getInt((long) i * INFO_BYTES) == process) {
          long bytes = infos.getLong((long) i * INFO_BYTES + INFO_MEMORY);
          return bytes == NOT_AVAILABLE ? OptionalLong.empty() : OptionalLong.of(bytes);
        }
      }
      return OptionalLong.empty();
    }

    private static void call(NativeLibrary library, String name, Object... arguments) {
      int code = library.getFunction(name).invokeInt(arguments);
      if (code != 0) {
        throw new Refused(name, code);
      }
    }
  }
}
