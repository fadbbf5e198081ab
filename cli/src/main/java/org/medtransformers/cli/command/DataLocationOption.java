package org.medtransformers.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the images are. */
final class DataLocationOption {
  @Option(
      names = {"--data_location", "--data-location"},
      paramLabel = "DIR",
      description = "Folder that holds the data set's folder; the services may read it from now on")
  private Path folder;

  Optional<Path> in(Path workingDirectory) {
    return Optional.ofNullable(folder).map(f -> workingDirectory.resolve(f).normalize());
  }
}
