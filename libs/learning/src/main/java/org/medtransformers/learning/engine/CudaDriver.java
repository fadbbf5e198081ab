package org.medtransformers.learning.engine;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What NVIDIA's driver tells of its devices. DJL asks CUDA's runtime library instead, which it does
 * not find where Python packages or libtorch bring it along.
 *
 * @see <a href="https://docs.nvidia.com/cuda/cuda-driver-api/">CUDA Driver API</a>
 */
interface CudaDriver {
  /** An answer of the driver other than success. */
  final class CudaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;

    CudaException(String call, int code) {
      super(call + " says " + code);
      this.code = code;
    }

    /** As CUDA counts its errors. */
    int code() {
      return code;
    }
  }

  /** The newest CUDA that it knows, such as 12080. */
  int version();

  int devices();

  String name(int device);

  /** In bytes. */
  long memory(int device);

  /** Major and minor, such as 80. */
  int computeCapability(int device);

  /** Where the device is plugged in, such as {@code 0000:3b:00.0}. */
  String busId(int device);

  /**
   * The driver of this machine, if it has one.
   *
   * @throws CudaException if it does not start
   */
  static Optional<CudaDriver> ofMachine() {
    try {
      NativeLibrary library = NativeLibrary.getInstance("libcuda.so.1");
      Native driver = new Native(library);
      driver.call("cuInit", 0);
      return Optional.of(driver);
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }

  /** {@code libcuda.so.1}. */
  final class Native implements CudaDriver {
    private static final int NAME_BYTES = 256;
    private static final int MAJOR = 75;
    private static final int MINOR = 76;

    private final NativeLibrary library;

    private Native(NativeLibrary library) {
      this.library = library;
    }

    @Override
    public int version() {
      IntByReference version = new IntByReference();
      call("cuDriverGetVersion", version);
      return version.getValue();
    }

    @Override
    public int devices() {
      IntByReference count = new IntByReference();
      call("cuDeviceGetCount", count);
      return count.getValue();
    }

    @Override
    public String name(int device) {
      byte[] name = new byte[NAME_BYTES];
      call("cuDeviceGetName", name, name.length, device);
      return text(name);
    }

    @Override
    public String busId(int device) {
      byte[] id = new byte[NAME_BYTES];
      call("cuDeviceGetPCIBusId", id, id.length, device);
      return text(id);
    }

    @Override
    public long memory(int device) {
      LongByReference bytes = new LongByReference();
      call("cuDeviceTotalMem_v2", bytes, device);
      return bytes.getValue();
    }

    @Override
    public int computeCapability(int device) {
      return 10 * attribute(MAJOR, device) + attribute(MINOR, device);
    }

    private int attribute(int attribute, int device) {
      IntByReference value = new IntByReference();
      call("cuDeviceGetAttribute", value, attribute, device);
      return value.getValue();
    }

    private static String text(byte[] terminated) {
      int end = 0;
      while (end < terminated.length && terminated[end] != 0) {
        end++;
      }
      return new String(terminated, 0, end, StandardCharsets.UTF_8);
    }

    private void call(String name, Object... arguments) {
      Function function = library.getFunction(name);
      int code = function.invokeInt(arguments);
      if (code != 0) {
        throw new CudaException(name, code);
      }
    }
  }
}
