package org.medtransformers.learning.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.learning.training.OneStep;

/** Folders that look like a Python's, and what a process makes of {@code MEDTRANS_TORCH}. */
class TorchFolderTest {
  private static final String VERSION = TorchBuild.version();

  @TempDir Path folder;

  @Test
  void itsFlavourIsThatOfItsLibraries() throws IOException {
    Path lib = python(VERSION + "+cu128", "libtorch.so", "libc10.so");
    assertEquals("cpu", TorchFolder.of(lib, VERSION, null).flavour());
    Files.createFile(lib.resolve("libtorch_cuda.so"));
    assertEquals("cu128", TorchFolder.of(lib, VERSION, null).flavour());
    assertEquals(lib, TorchFolder.of(lib.getParent(), VERSION, null).libraries());
  }

  @Test
  void anotherVersionIsRefusedByName() throws IOException {
    Path lib = python("2.13.0+cpu", "libtorch.so");
    String message = refusal(lib, null);
    assertTrue(message.contains(lib + " is libtorch 2.13.0, allowed is " + VERSION), message);
  }

  @Test
  void whatTellsNoVersionNeedsAWord() throws IOException {
    Path lib = Files.createDirectories(folder.resolve("x"));
    Files.createFile(lib.resolve("libtorch.so"));
    assertTrue(refusal(lib, null).contains("PYTORCH_VERSION"));
    assertEquals(lib, TorchFolder.of(lib, VERSION, VERSION).libraries());
    assertTrue(refusal(lib, "1.0.0").contains("is libtorch 1.0.0"));
  }

  @Test
  void theArchivesOwnFileAndDjlsNameTellTheVersionToo() throws IOException {
    Path lib = Files.createDirectories(folder.resolve("libtorch/lib"));
    Files.createFile(lib.resolve("libtorch.so"));
    Files.writeString(folder.resolve("libtorch/build-version"), VERSION + "+cu128\n");
    assertEquals("cpu", TorchFolder.of(lib, VERSION, null).flavour());
    Path djl = Files.createDirectory(folder.resolve(VERSION + "-20250812-cpu-linux-x86_64"));
    Files.createFile(djl.resolve("libtorch.so"));
    assertEquals(djl, TorchFolder.of(djl, VERSION, null).libraries());
  }

  @Test
  void aFolderWithoutLibtorchIsRefusedByName() {
    String message = refusal(folder, null);
    assertTrue(message.startsWith("MEDTRANS_TORCH: " + folder + " has no libtorch.so"), message);
  }

  @Test
  void onlyWhatLibtorchItselfNeedsIsLinked() throws IOException {
    Path lib =
        python(
            VERSION,
            "libtorch.so",
            "libtorch_cpu.so",
            "libtorch_cuda.so",
            "libtorch_cuda_linalg.so",
            "libc10.so",
            "libc10_cuda.so",
            "libcaffe2_nvrtc.so",
            "libgomp-98b21ff3.so.1",
            "libtorch_python.so",
            "libshm.so",
            "libtorchbind_test.so");
    Path links = TorchFolder.of(lib, VERSION, null).links();
    try (Stream<Path> linked = Files.list(links)) {
      assertEquals(
          new TreeSet<>(
              List.of(
                  "libtorch.so",
                  "libtorch_cpu.so",
                  "libtorch_cuda.so",
                  "libc10.so",
                  "libc10_cuda.so",
                  "libgomp-98b21ff3.so.1")),
          linked
              .map(p -> p.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    assertEquals(lib.resolve("libc10.so"), links.resolve("libc10.so").toRealPath());
  }

  @Test
  void aProcessTrainsWithTheLibrariesOfAFolder() throws Exception {
    TorchEngine.start(1);
    Path real = TorchEngine.libtorch().folder().toRealPath();
    Path lib = python(VERSION + "+cpu");
    try (Stream<Path> libraries = Files.list(real)) {
      for (Path library :
          libraries.filter(p -> !p.getFileName().toString().contains("djl")).toList()) {
        Files.createSymbolicLink(lib.resolve(library.getFileName()), library);
      }
    }
    // DJL by itself would load it, and fail.
    Files.writeString(lib.resolve("libtorchbind_test.so"), "no library");
    Result result = start(Map.of("MEDTRANS_TORCH", lib.toString()));
    assertEquals(0, result.code, result.output);
    assertTrue(result.output.contains("folder=" + lib), result.output);
    assertTrue(result.output.contains("version=" + VERSION + ", flavour=cpu"), result.output);
    assertTrue(result.output.contains("mapped " + real.resolve("libtorch_cpu.so")), result.output);
    assertTrue(result.output.contains("tf32=0"), result.output);
    assertTrue(result.output.contains("iteration=1, loss="), result.output);
  }

  @Test
  void aProcessRefusesWhatItCannotLoadByName() throws Exception {
    Path lib = python(VERSION + "+cpu", "libtorch.so", "libc10.so", "libtorch_cpu.so");
    Files.writeString(lib.resolve("libc10.so"), "no library");
    Result result = start(Map.of("MEDTRANS_TORCH", lib.toString()));
    assertFalse(result.code == 0, result.output);
    assertTrue(
        result.output.contains("MEDTRANS_TORCH: " + lib + " cannot be loaded: "), result.output);
  }

  @ParameterizedTest
  @CsvSource({
    "cpu, PYTORCH_LIBRARY_PATH, /opt/other",
    "'', PYTORCH_LIBRARY_PATH, /opt/other",
    "'', PYTORCH_FLAVOR, cu117",
    "'', PYTORCH_VERSION, 1.13.1",
    "cu128, PYTORCH_VERSION, 1.13.1",
    "/opt/libtorch, PYTORCH_FLAVOR, cu117",
  })
  void whatWouldLetDjlLoadAnotherOneIsRefusedByName(String wanted, String name, String value) {
    Map<String, String> environment = Map.of("MEDTRANS_TORCH", wanted, name, value);
    MedtransException e = assertThrows(MedtransException.class, () -> TorchBuild.of(environment));
    String expected = "MEDTRANS_TORCH: " + name + " says something else, " + value;
    assertTrue(e.getMessage().startsWith(expected), e.getMessage());
  }

  @Test
  void theBundledOneIsLoadedWhereNothingOrItsOwnVersionIsSaid() {
    assertEquals(new TorchBuild.Bundled(), TorchBuild.of(Map.of()));
    assertEquals(new TorchBuild.Bundled(), TorchBuild.of(Map.of("PYTORCH_VERSION", VERSION)));
  }

  /** To a proxy that nobody is at, so that nothing leaves the machine. */
  @Test
  void whereThereIsNoNetworkTheDownloadIsNamed() throws Exception {
    Result result = start(Map.of("MEDTRANS_TORCH", "cu128", "https_proxy", "http://127.0.0.1:9"));
    assertTrue(result.output.contains("https://publish.djl.ai/pytorch/" + VERSION), result.output);
    assertTrue(
        result.output.contains(
            "MEDTRANS_TORCH: cu128 cannot be loaded: Connection refused, through the proxy"
                + " 127.0.0.1:9 of https_proxy"),
        result.output);
  }

  private record Result(int code, String output) {}

  private Result start(Map<String, String> environment) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), OneStep.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PYTORCH_"));
    builder.environment().put("DJL_CACHE_DIR", folder.resolve("djl").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  /** A Python package's {@code torch/lib} with empty files. */
  private Path python(String version, String... libraries) throws IOException {
    Path lib = Files.createDirectories(folder.resolve("torch/lib"));
    Files.writeString(
        lib.getParent().resolve("version.py"),
        "from typing import Optional\n\n__version__ = '" + version + "'\ndebug = False\n");
    for (String library : libraries) {
      Files.createFile(lib.resolve(library));
    }
    return lib;
  }

  private static String refusal(Path given, String said) {
    MedtransException e =
        assertThrows(MedtransException.class, () -> TorchFolder.of(given, VERSION, said));
    assertEquals(ErrorCode.INVALID_REQUEST, e.code());
    return e.getMessage();
  }
}
