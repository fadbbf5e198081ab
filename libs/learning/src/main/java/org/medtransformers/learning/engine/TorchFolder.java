package org.medtransformers.learning.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * Libraries of libtorch that did not come with DJL: of a Python's {@code torch/lib}, or of an
 * unpacked archive of PyTorch.
 *
 * @param libraries the folder with {@code libtorch.so}
 * @param flavour {@code cu128} if it can use GPUs, else {@code cpu}
 */
record TorchFolder(Path libraries, String flavour) {
  static final String CPU = "cpu";

  private static final String MAIN = "libtorch.so";
  private static final String CUDA = "libtorch_cuda.so";

  /** What libtorch itself is; the rest of a folder belongs to Python, or is loaded on demand. */
  private static final Set<String> NEEDED =
      Set.of("libc10.so", "libtorch_cpu.so", MAIN, "libc10_cuda.so", CUDA);

  private static final Pattern OPENMP = Pattern.compile("libgomp.*\\.so.*");

  /** In a Python's {@code torch/version.py}, and alone in the archive's {@code build-version}. */
  private static final Pattern WRITTEN =
      Pattern.compile("(?:__version__\\s*=\\s*['\"])?(\\d+\\.\\d+\\.\\d+)[^\\n]*");

  /** As DJL calls what it unpacked. */
  private static final Pattern NAME = Pattern.compile("(\\d+\\.\\d+\\.\\d+)-.*");

  /**
   * The folder called {@code given}, or its {@code lib}.
   *
   * @param version that is needed
   * @param said what somebody says the version to be, where nothing in the folder tells; or null
   * @throws MedtransException {@link ErrorCode#INVALID_REQUEST} if it is not what is needed
   */
  static TorchFolder of(Path given, String version, String said) {
    Path folder = given.toAbsolutePath().normalize();
    Path libraries = Files.exists(folder.resolve(MAIN)) ? folder : folder.resolve("lib");
    if (!Files.exists(libraries.resolve(MAIN))) {
      throw TorchBuild.refused(
          "%s has no %s; allowed is cpu, cu128, or the folder of libtorch %s's libraries"
              .formatted(folder, MAIN, version));
    }
    String found =
        version(libraries)
            .or(() -> Optional.ofNullable(said))
            .orElseThrow(
                () ->
                    TorchBuild.refused(
                        "%s does not tell its version; PYTORCH_VERSION=%s says that it is this one"
                            .formatted(libraries, version)));
    if (!found.equals(version)) {
      throw TorchBuild.refused(
          "%s is libtorch %s, allowed is %s".formatted(libraries, found, version));
    }
    return new TorchFolder(libraries, flavourOf(libraries));
  }

  /** Which devices the libraries in {@code folder} can use. */
  static String flavourOf(Path folder) {
    return Files.exists(folder.resolve(CUDA)) ? TorchBuild.CUDA_12_8 : CPU;
  }

  /**
   * A new folder of links to what is needed. DJL loads every library that it finds, in no order
   * that Python would use, tests of PyTorch's own and {@code libcaffe2_nvrtc.so} among them, which
   * needs a driver. The JVM follows a link before it loads a library, so that each finds its
   * neighbours, CUDA's own in other Python packages too, from where it really lies.
   */
  Path links() throws IOException {
    Path links = Files.createTempDirectory("libtorch");
    try (Stream<Path> files = Files.list(libraries)) {
      for (Path file : files.filter(TorchFolder::isNeeded).toList()) {
        Files.createSymbolicLink(links.resolve(file.getFileName()), file);
      }
    }
    return links;
  }

  private static boolean isNeeded(Path file) {
    String name = file.getFileName().toString();
    return NEEDED.contains(name) || OPENMP.matcher(name).matches();
  }

  private static Optional<String> version(Path libraries) {
    Path above = libraries.getParent();
    for (Path file : List.of(above.resolve("version.py"), above.resolve("build-version"))) {
      Optional<String> written = written(file);
      if (written.isPresent()) {
        return written;
      }
    }
    return group(NAME.matcher(libraries.getFileName().toString()));
  }

  private static Optional<String> written(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.flatMap(line -> group(WRITTEN.matcher(line.strip())).stream()).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> group(Matcher matcher) {
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
