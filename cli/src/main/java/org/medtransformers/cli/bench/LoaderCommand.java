package org.medtransformers.cli.bench;

import java.nio.file.Path;
import org.medtransformers.cli.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Batches from a data-service, beside the same ones made in this process. */
@Command(
    name = "loader",
    description = {
      "Times epochs of batches over HTTP from a data-service, which it starts for the purpose,",
      "and in turns of the same batches made in this process.",
      "The last line is JSON: images per second of the fastest epoch of each, and their ratio."
    })
final class LoaderCommand extends MeasuringCommand {
  private final Environment environment;

  @Parameters(paramLabel = "DIR", description = "Has .png or .jpg files; no labels")
  private Path folder;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "That make batches (${DEFAULT-VALUE})")
  private int threads;

  @Option(names = "--batch", defaultValue = "16", description = "Images (${DEFAULT-VALUE})")
  private int batch;

  @Option(names = "--rounds", defaultValue = "3", description = "Epochs (${DEFAULT-VALUE})")
  private int rounds;

  LoaderCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  Measurement measurement() {
    requirePositive("--threads", threads);
    requirePositive("--batch", batch);
    requirePositive("--rounds", rounds);
    ImageFolder images = ImageFolder.of(environment.workingDirectory().resolve(folder));
    return new OverHttp(environment.root(), images, batch, threads, rounds)::measure;
  }
}
