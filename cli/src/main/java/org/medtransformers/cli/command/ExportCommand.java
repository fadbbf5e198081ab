package org.medtransformers.cli.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.WholeFile;
import org.medtransformers.inference.ModelFiles;
import org.medtransformers.inference.TrainedModels;
import org.medtransformers.inference.Which;
import org.medtransformers.learning.export.ExportedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a trained model as a file for other programs. */
@Command(
    name = "export",
    description = {
      "Writes a trained model as a file for other programs.",
      "Reads the folders below MEDTRANS_HOME; the local stack need not run."
    })
final class ExportCommand implements Callable<Integer> {
  private final Environment environment;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN",
      description = "A run's id, a model name (its latest success), or the path of a checkpoint")
  private String run;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = {
        "safetensors: weights by the names of torchvision and timm;",
        "torchscript: a module for torch.jit.load and DJL"
      })
  private Format format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Default: the model's name and the run's id, in the working directory")
  private Path output;

  @Option(
      names = "--checkpoint",
      paramLabel = "best|last",
      description = "Default: the one that the run was evaluated with")
  private Which which;

  @Option(names = "--force", description = "Overwrites FILE")
  private boolean force;

  private enum Format {
    SAFETENSORS(".safetensors"),
    TORCHSCRIPT(".pt");

    private final String extension;

    Format(String extension) {
      this.extension = extension;
    }

    private void write(ExportedModel model, OutputStream out) throws IOException {
      switch (this) {
        case SAFETENSORS -> model.writeSafetensors(out);
        case TORCHSCRIPT -> model.writeTorchScript(out);
      }
    }
  }

  ExportCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    ModelFiles files =
        new TrainedModels(environment.runs(), environment.workingDirectory())
            .find(run, Optional.ofNullable(which));
    Path file = file(files);
    ExportedModel model = files.read();
    try {
      if (!force && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException("it exists; --force overwrites it");
      }
      WholeFile.write(file, out -> format.write(model, out));
    } catch (IOException e) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST, "cannot write " + file + ": " + e.getMessage(), e);
    }
    spec.commandLine().getOut().println("Wrote " + file + ", from " + files.folder());
    return ExitCode.OK;
  }

  private Path file(ModelFiles files) {
    if (output != null) {
      return environment.workingDirectory().resolve(output).normalize();
    }
    String name = files.run().config().training().modelName() + "-" + files.run().runId();
    return environment.workingDirectory().resolve(name + format.extension);
  }
}
