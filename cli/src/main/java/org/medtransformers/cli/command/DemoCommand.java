package org.medtransformers.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medtransformers.cli.document.Changes;
import org.medtransformers.cli.document.DocumentFile;
import org.medtransformers.cli.document.JsonFile;
import org.medtransformers.cli.run.Outputs;
import org.medtransformers.cli.run.Session;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.experiment.ExperimentFile;
import org.medtransformers.imaging.phantom.PhantomDataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole way, on images that nobody has to be asked for. */
@Command(
    name = "demo",
    description = {
      "Compares a CNN with a vision transformer on synthetic fundus images.",
      "Draws the images, runs configs/demo.json and stops what it started."
    })
final class DemoCommand implements Callable<Integer> {
  private static final PhantomDataset IMAGES = new PhantomDataset(600, 96, 0);

  private final Environment environment;

  @Option(
      names = "--json",
      paramLabel = "OUT",
      description = "Also writes {experiment, runs, table} to this file")
  private Path json;

  @Mixin private DebugOption debug;

  DemoCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Optional<Path> out = Optional.ofNullable(json).map(environment.workingDirectory()::resolve);
    out.ifPresent(JsonFile::requireWritable);
    Console console = debug.console(environment);
    Path data = environment.home().resolve("data").resolve("phantom");
    ObjectNode document =
        Changes.dataLocation(data)
            .applyTo(
                DocumentFile.read(environment.root().resolve("configs/demo.json")),
                environment.workingDirectory());
    ExperimentFile.read(document);
    console.notice(
        "Synthetic fundus images, drawn by a program: %d in %s".formatted(IMAGES.images(), data));
    draw(data);
    return new Session(environment, console, Optional.empty(), Outputs.json(out))
        .conduct(gateway -> document);
  }

  private static void draw(Path data) {
    try {
      IMAGES.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the images to " + data, e);
    }
  }
}
