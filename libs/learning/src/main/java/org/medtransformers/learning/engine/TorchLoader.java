package org.medtransformers.learning.engine;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Utils;
import com.sun.jna.Function;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.download.Proxies;

/** Lets DJL load the libtorch that the environment asks for, once per process. */
final class TorchLoader {
  private static final System.Logger LOG = System.getLogger(TorchLoader.class.getName());

  private static final String DJLS_SERVER = "https://publish.djl.ai";

  private TorchLoader() {}

  /** Loads it and says what it is; its threads are not set yet. */
  static Libtorch load() {
    multiplyInFloat32();
    TorchBuild build = wanted();
    if (build instanceof TorchBuild.Given given) {
      return load(given.folder());
    }
    if (build instanceof TorchBuild.Downloaded) {
      download(build);
    } else {
      start(build);
    }
    Path folder = Path.of(LibUtils.getLibtorchPath());
    return new Libtorch(LibUtils.getVersion(), TorchFolder.flavourOf(folder), folder, 0);
  }

  /** What {@link #load} would give, as far as can be told without. */
  static Libtorch foreseen() {
    TorchBuild build = wanted();
    if (build instanceof TorchBuild.Given given) {
      TorchFolder folder = given.folder();
      return new Libtorch(TorchBuild.version(), folder.flavour(), folder.libraries(), 0);
    }
    String flavour =
        build instanceof TorchBuild.Downloaded ? TorchBuild.CUDA_12_8 : TorchFolder.CPU;
    Path cache = Utils.getEngineCacheDir(PtEngine.ENGINE_NAME.toLowerCase(Locale.ROOT));
    return new Libtorch(TorchBuild.version(), flavour, cache, 0);
  }

  private static TorchBuild wanted() {
    return TorchBuild.of(System.getenv());
  }

  private static Libtorch load(TorchFolder folder) {
    try {
      Path links = folder.links();
      try {
        System.setProperty(TorchBuild.DJLS_PATH, links.toString());
        System.setProperty(TorchBuild.DJLS_VERSION, TorchBuild.version());
        System.setProperty(TorchBuild.DJLS_FLAVOUR, folder.flavour());
        start(new TorchBuild.Given(folder));
      } finally {
        delete(links);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Libtorch(LibUtils.getVersion(), folder.flavour(), folder.libraries(), 0);
  }

  /**
   * DJL takes the build on the class path wherever its version begins with the one that is asked
   * for, and for a download looks at no more than the first three numbers.
   */
  private static void askForDownload() {
    String version = TorchBuild.version();
    System.setProperty(TorchBuild.DJLS_VERSION, version + "-0");
    System.setProperty(TorchBuild.DJLS_FLAVOUR, TorchBuild.CUDA_12_8);
    System.setProperty("ai.djl.offline", "false");
    LOG.log(
        System.Logger.Level.INFO,
        "libtorch {0} for CUDA 12.8 is taken from DJL''s cache, or else downloaded to it from"
            + " {1}/pytorch/{0}, some gigabytes",
        version,
        DJLS_SERVER);
  }

  /** DJL downloads as Java does, which does not look at the environment's proxies. */
  private static void download(TorchBuild build) {
    askForDownload();
    ProxySelector before = ProxySelector.getDefault();
    Proxies proxies = new Proxies();
    ProxySelector.setDefault(proxies);
    try {
      start(build);
    } catch (MedtransException e) {
      String way = proxies.describe(URI.create(DJLS_SERVER));
      throw MedtransException.of(e.code(), e.getMessage() + ", " + way, e);
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  /**
   * From Ampere on, cuDNN's convolutions would round float32 to TensorFloat-32, of 10 bits, and
   * neither TorchScript nor DJL reaches libtorch's switch. NVIDIA's libraries read this variable
   * when they are loaded; who set it is left alone.
   */
  private static void multiplyInFloat32() {
    try {
      Object[] unlessSet = {"NVIDIA_TF32_OVERRIDE", "0", 0};
      Function.getFunction("c", "setenv").invokeInt(unlessSet);
    } catch (UnsatisfiedLinkError e) {
      LOG.log(System.Logger.Level.DEBUG, "no setenv: {0}", e.getMessage());
    }
  }

  private static void start(TorchBuild build) {
    try {
      if (Engine.getEngine(PtEngine.ENGINE_NAME) == null) {
        throw MedtransException.of(
            ErrorCode.INTERNAL, "PyTorch's native library is not on the class path");
      }
    } catch (EngineException | LinkageError e) {
      if (build instanceof TorchBuild.Bundled) {
        throw e;
      }
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "%s: %s cannot be loaded: %s"
              .formatted(TorchBuild.VARIABLE, described(build), innermost(e).getMessage()),
          e);
    }
  }

  private static String described(TorchBuild build) {
    return build instanceof TorchBuild.Given given
        ? given.folder().libraries().toString()
        : TorchBuild.CUDA_12_8;
  }

  private static Throwable innermost(Throwable e) {
    return e.getCause() == null ? e : innermost(e.getCause());
  }

  private static void delete(Path links) throws IOException {
    try (Stream<Path> all = Files.list(links)) {
      for (Path link : all.toList()) {
        Files.delete(link);
      }
    }
    Files.delete(links);
  }
}
