package org.medtransformers.learning.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
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

  /** What DJL reads by itself; where the environment says it, nothing else counts. */
  String DJLS_PATH = "PYTORCH_LIBRARY_PATH";

  String DJLS_VERSION = "PYTORCH_VERSION";
  String DJLS_FLAVOUR = "PYTORCH_FLAVOR";

  /**
   * The build that the environment asks for.
   *
   * @throws MedtransException {@link ErrorCode#INVALID_REQUEST} if it also has what would let DJL
   *     load another one, or if there is no such folder or it is not what is needed
   */
  static TorchBuild of(Map<String, String> environment) {
    String wanted = environment.getOrDefault(VARIABLE, "").strip();
    boolean given = !Set.of("", TorchFolder.CPU, CUDA_12_8).contains(wanted);
    String version = environment.get(DJLS_VERSION);
    for (String name : List.of(DJLS_PATH, DJLS_FLAVOUR, DJLS_VERSION)) {
      String found = environment.get(name);
      if (found != null && !(name.equals(DJLS_VERSION) && (given || found.equals(version())))) {
        throw refused(
            "%s says something else, %s; unset it, this one says what is loaded"
                .formatted(name, found));
      }
    }
    return switch (wanted) {
      case "", TorchFolder.CPU -> new Bundled();
      case CUDA_12_8 -> new Downloaded();
      default -> new Given(TorchFolder.of(Path.of(wanted), version(), version));
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
