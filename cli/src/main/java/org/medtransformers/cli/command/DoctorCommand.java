package org.medtransformers.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.learning.engine.Gpus;
import org.medtransformers.learning.engine.Libtorch;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.engine.TorchReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells with what trainings would be computed here. */
@Command(
    name = "doctor",
    description = {
      "Loads libtorch and tells with what this machine computes, and what is missing.",
      "MEDTRANS_TORCH names another libtorch: docs/gpu.md."
    },
    exitCodeList = {
      "0:told",
      "1:libtorch cannot be loaded, or --require-gpu and there is none",
      "2:wrong usage"
    })
final class DoctorCommand implements Callable<Integer> {
  /** Kept, since a logger that nobody holds forgets its level. */
  private static final Logger DJL = Logger.getLogger("ai.djl");

  private static final double GIB = 1 << 30;

  private final Environment environment;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Tells it as JSON")
  private boolean json;

  @Option(names = "--require-gpu", description = "Fails if no GPU can be used")
  private boolean requireGpu;

  /**
   * What was found.
   *
   * @param torch null if it cannot be loaded
   * @param problem why not
   */
  record Findings(Jdk jdk, Torch torch, Gpus gpus, String problem, Jpeg jpeg, Home home) {}

  record Jdk(String version, String folder) {}

  record Torch(String version, String flavour, String folder, int threads) {
    static Torch of(Libtorch loaded) {
      return new Torch(
          loaded.version(), loaded.flavour(), loaded.folder().toString(), loaded.threads());
    }
  }

  record Jpeg(boolean turbojpeg) {}

  record Home(String folder, long freeBytes) {}

  DoctorCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Findings findings = findings();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(findings));
    } else {
      print(findings, out);
    }
    out.flush();
    boolean noGpu = findings.gpus() == null || findings.gpus().devices().isEmpty();
    return findings.torch() == null || (requireGpu && noGpu) ? ExitCode.FAILED : ExitCode.OK;
  }

  private Findings findings() {
    Jdk jdk = new Jdk(System.getProperty("java.version"), System.getProperty("java.home"));
    Jpeg jpeg = new Jpeg(ImageDecoder.usesTurboJpeg());
    Home home = new Home(environment.home().toString(), free(environment.home()));
    try {
      TorchEngine.unpackInto(environment.home().resolve("djl"));
      // It warns of a missing GPU, which is told here with its reason.
      DJL.setLevel(Level.SEVERE);
      TorchEngine.start(Runtime.getRuntime().availableProcessors());
    } catch (MedtransException e) {
      return new Findings(jdk, null, null, e.getMessage(), jpeg, home);
    }
    TorchReport torch = TorchEngine.report();
    return new Findings(jdk, Torch.of(torch.libtorch()), torch.gpus(), null, jpeg, home);
  }

  private static void print(Findings found, PrintWriter out) {
    line(out, "JDK", found.jdk().version() + ", " + found.jdk().folder());
    List<String> torch =
        found.torch() == null ? List.of(found.problem()) : TorchEngine.report().lines();
    line(out, "compute", torch.get(0));
    torch.stream().skip(1).forEach(more -> line(out, "", more));
    if (found.torch() != null) {
      line(out, "", found.torch().threads() + " threads");
    }
    line(
        out,
        "JPEG",
        found.jpeg().turbojpeg()
            ? "libturbojpeg"
            : "ImageIO, slower and not to PIL's bytes: libturbojpeg is not found");
    line(
        out,
        "home",
        String.format(
            Locale.ROOT,
            "%s, %.1f GiB free",
            found.home().folder(),
            found.home().freeBytes() / GIB));
  }

  private static void line(PrintWriter out, String what, String found) {
    out.printf("%-8s %s%n", what, found);
  }

  /** On the disk where {@code folder} is or will be. */
  private static long free(Path folder) {
    Path there = folder;
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    try {
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
