package org.medtransformers.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.learning.engine.TorchEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Kernels for another program to run. */
@Command(
    name = "kernels",
    description = {
      "Writes the kernels of trainings, each with the arguments of a step, for gpu_kernels.py:",
      "every method with tiny networks, whose numbers are compared, and a step of each MODEL,",
      "16 images of 224 pixels, which is timed."
    },
    exitCodeList = {"0:written", "1:it cannot be written", "2:wrong usage"})
final class KernelsCommand implements Callable<Integer> {
  /** Kept, since a logger that nobody holds forgets its level. */
  private static final Logger DJL = Logger.getLogger("ai.djl");

  private final Path home;
  private final Path workingDirectory;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "A folder, made if it is missing")
  private Path folder;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "A backbone_type; may be given several times (deit_small and resnet50)")
  private List<String> models = List.of("deit_small", "resnet50");

  KernelsCommand(Path home, Path workingDirectory) {
    this.home = home;
    this.workingDirectory = workingDirectory;
  }

  @Override
  public Integer call() throws IOException {
    List<Backbone> timed = models.stream().map(this::backbone).toList();
    // It warns of a missing GPU, whatever is asked of it.
    DJL.setLevel(Level.SEVERE);
    TorchEngine.unpackInto(home.resolve("djl"));
    TorchEngine.start(Runtime.getRuntime().availableProcessors());
    Path into = Files.createDirectories(workingDirectory.resolve(folder));
    new ExportedSteps(into).write(timed);
    spec.commandLine().getOut().println(into);
    return 0;
  }

  private Backbone backbone(String label) {
    try {
      return Backbone.of(label);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
