package org.medtransformers.learning.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import com.sun.jna.Function;
import java.nio.file.Path;
import java.util.List;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * Starts libtorch once per process.
 *
 * <p>The process should be started with {@code OMP_WAIT_POLICY=PASSIVE}: waiting OpenMP threads
 * otherwise spin and slow down every neighbour. DJL unpacks its native libraries below {@code
 * DJL_CACHE_DIR}.
 */
public final class TorchEngine {
  private static final String CACHE = "DJL_CACHE_DIR";

  private static final System.Logger LOG = System.getLogger(TorchEngine.class.getName());

  private static Libtorch libtorch;

  private TorchEngine() {}

  /**
   * Lets DJL unpack its native libraries below {@code folder}, unless the environment says where.
   */
  public static void unpackInto(Path folder) {
    if (System.getenv(CACHE) == null) {
      System.setProperty(CACHE, folder.toString());
    }
  }

  /**
   * Starts libtorch with {@code threads} threads per operation; on later calls only that number
   * changes. Results depend on it in the last bits.
   *
   * @throws MedtransException {@link ErrorCode#INVALID_REQUEST} if {@code MEDTRANS_TORCH} asks for
   *     what is not there or cannot be loaded
   */
  public static synchronized void start(int threads) {
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    // Scripts run as they are written; the profiling executor would compile them anew per shape.
    System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    if (libtorch == null) {
      libtorch = TorchLoader.load();
    }
    libtorch = libtorch.with(threads);
    JniUtils.setNumThreads(threads);
  }

  /**
   * Gives free memory of the C library back to the system, which it may keep for the next tensors;
   * nothing where the C library is not glibc.
   */
  static void releaseFreeMemory() {
    try {
      Function.getFunction("c", "malloc_trim").invokeInt(new Object[] {0L});
    } catch (UnsatisfiedLinkError e) {
      LOG.log(System.Logger.Level.DEBUG, "no malloc_trim: {0}", e.getMessage());
    }
  }

  /** libtorch's version, such as {@code 2.7.1}. */
  public static String version() {
    return libtorch().version();
  }

  /** What was started. */
  public static synchronized Libtorch libtorch() {
    if (libtorch == null) {
      throw new IllegalStateException("libtorch was not started");
    }
    return libtorch;
  }

  /** The GPUs that it can use, and why not. */
  public static Gpus gpus() {
    return gpus(libtorch());
  }

  /** What was started, and the GPUs that it can use. */
  public static TorchReport report() {
    return new TorchReport(libtorch(), gpus());
  }

  /** The same for people, also of a process that has not started it. */
  public static synchronized List<String> describe() {
    return libtorch == null ? List.of("libtorch is not loaded in this process") : report().lines();
  }

  /**
   * As {@link #report} of a process that is to be started with this environment; starts nothing.
   *
   * @throws MedtransException as {@link #start}, but for libraries that cannot be loaded
   */
  public static TorchReport foreseen() {
    Libtorch foreseen = TorchLoader.foreseen();
    return new TorchReport(foreseen, gpus(foreseen));
  }

  private static Gpus gpus(Libtorch of) {
    return Gpus.of(of, CudaDriver::ofMachine, System.getenv("CUDA_VISIBLE_DEVICES"));
  }

  static PtNDManager newManager(Device device) {
    return (PtNDManager) engine().newBaseManager(device);
  }

  private static Engine engine() {
    Engine engine = Engine.getEngine(PtEngine.ENGINE_NAME);
    if (engine == null) {
      throw MedtransException.of(
          ErrorCode.INTERNAL, "PyTorch's native library is not on the class path");
    }
    return engine;
  }
}
