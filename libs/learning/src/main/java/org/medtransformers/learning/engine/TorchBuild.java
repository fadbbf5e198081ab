package org.medtransformers.learning.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Which build of libtorch this process loads, as {@value #VARIABLE} says. */
sealed interface TorchBuild {
  /** {@code cpu}, {@code cu128}, or a folder of libtorch's libraries; {@code cpu} if missing. */
  String VARIABLE = "MEDTRANS_TORCH";

  /** DJL's for the processor, which lies on the class path. */
  record Bundled() implements TorchBuild {}

  /** DJL's for CUDA 12.8, which it downloads once. */
  record Downloaded() implements TorchBuild {}

  /** Somebody else's, such as that of a Python. */
  record Given(TorchFolder folder) implements TorchBuild {}

  String CUDA_12_8 = "cu128";

  /**
   * The build that the environment asks for.
   *
   * @param wanted value of {@value #VARIABLE}, or null
   * @param djlsOwn value of DJL's {@code PYTORCH_LIBRARY_PATH}, or null
   * @throws MedtransException {@link ErrorCode#INVALID_REQUEST} if both say something, or if there
   *     is no such folder or it is not what is needed
   */
  static TorchBuild of(String wanted, String djlsOwn) {
    if (wanted == null || wanted.isBlank()) {
      return new Bundled();
    }
    if (djlsOwn != null) {
      throw refused("PYTORCH_LIBRARY_PATH says something else, " + djlsOwn + "; set one of them");
    }
    return switch (wanted) {
      case TorchFolder.CPU -> new Bundled();
      case CUDA_12_8 -> new Downloaded();
      default ->
          new Given(TorchFolder.of(Path.of(wanted), version(), System.getenv("PYTORCH_VERSION")));
    };
  }

  /** The version that DJL's own native library is made for, such as {@code 2.7.1}. */
  static String version() {
    try (InputStream in = TorchBuild.class.getResourceAsStream("/jnilib/pytorch.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      String jni = properties.getProperty("jni_version");
      return jni.substring(0, jni.indexOf('-'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static MedtransException refused(String why) {
    return MedtransException.of(ErrorCode.INVALID_REQUEST, VARIABLE + ": " + why);
  }
}
