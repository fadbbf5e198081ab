package org.medtransformers.cli.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.medtransformers.cli.document.JsonFile;
import org.medtransformers.cli.predict.ImageArguments;
import org.medtransformers.cli.predict.PredictionText;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.inference.Classifier;
import org.medtransformers.inference.ModelFiles;
import org.medtransformers.inference.Prediction;
import org.medtransformers.inference.TrainedModels;
import org.medtransformers.inference.Which;
import org.medtransformers.learning.engine.TorchEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a trained model what new images show. */
@Command(
    name = "predict",
    description = {
      "Asks a trained model what new images show.",
      "Reads the folders below MEDTRANS_HOME; the local stack need not run."
    },
    exitCodeList = {
      "0:done",
      "1:an image could not be read; the others were classified",
      "2:wrong usage, no such model or image"
    })
final class PredictCommand implements Callable<Integer> {
  /** Kept, since a logger that nobody holds forgets its level. */
  private static final Logger DJL = Logger.getLogger("ai.djl");

  private final Environment environment;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "A run's id, a model name (its latest success), or the path of a checkpoint")
  private String run;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE_OR_FOLDER",
      description = "PNG, JPEG, PGM, PPM or DICOM; of a folder everything in it and below")
  private List<String> images;

  @Option(
      names = "--csv",
      paramLabel = "OUT",
      description = "Also writes CSV with the probability of every class")
  private Path csv;

  @Option(
      names = "--checkpoint",
      paramLabel = "best|last",
      description = "Default: the one that the run was evaluated with")
  private Which which;

  PredictCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    ModelFiles files =
        new TrainedModels(environment.runs(), environment.workingDirectory())
            .find(run, Optional.ofNullable(which));
    List<ImageArguments.Named> named =
        ImageArguments.resolve(images, environment.workingDirectory());
    Optional<Path> out = Optional.ofNullable(csv).map(environment.workingDirectory()::resolve);
    out.ifPresent(JsonFile::requireWritable);
    startTorch();
    List<MedtransException> unreadable = new ArrayList<>();
    try (Classifier classifier = Classifier.read(files, ImageLimits.DEFAULT)) {
      List<Prediction> predictions = classifier.classify(named, unreadable::add);
      PredictionText text = new PredictionText(classifier.dataset().classes(), predictions);
      spec.commandLine().getOut().print(text.table());
      spec.commandLine().getOut().flush();
      out.ifPresent(file -> JsonFile.writeBytes(file, text.csv().getBytes(StandardCharsets.UTF_8)));
    }
    unreadable.forEach(e -> spec.commandLine().getErr().println("Skipped: " + e.getMessage()));
    return unreadable.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void startTorch() {
    TorchEngine.unpackInto(environment.home().resolve("djl"));
    // It warns of a missing GPU, whatever is asked of it.
    DJL.setLevel(Level.SEVERE);
    TorchEngine.start(Runtime.getRuntime().availableProcessors());
  }
}
