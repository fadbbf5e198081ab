package org.medtransformers.gateway.erasure;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.erasure.ErasedThing;
import org.medtransformers.files.Disk;
import org.medtransformers.files.WholeFile;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.statistics.PredictedImage;
import org.medtransformers.statistics.PredictionsCsv;

/**
 * What evaluations have left of single images in the folders of runs. Of predictions the lines of
 * the erased go. Maps and pictures go whole: of a map nobody can take a point out of the picture,
 * and a further evaluation makes both again.
 */
@Singleton
final class ImageTraces {
  private static final Logger LOG = Logger.getLogger(ImageTraces.class);
  private static final String PREDICTIONS = "predictions";
  private static final List<String> MAP = List.of("umap.json", "umap.png");
  private static final String ATTENTION = "attention";

  private final Artifacts artifacts;

  ImageTraces(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /** How many predictions of such images the run has. */
  int predictions(UUID run, ErasedThing thing, String name) throws IOException {
    int found = 0;
    for (Path file : tables(run)) {
      found += (int) read(file).stream().filter(image -> matches(image, thing, name)).count();
    }
    return found;
  }

  /** Erases; a second time changes nothing. */
  void erase(UUID run, ErasedThing thing, String name) throws IOException {
    Path folder = artifacts.run(run.toString());
    Disk disk = new Disk();
    disk.delete(folder.resolve(ATTENTION));
    for (String file : MAP) {
      disk.remove(folder.resolve(file));
    }
    for (Path file : tables(run)) {
      List<PredictedImage> before = read(file);
      List<PredictedImage> after =
          before.stream().filter(image -> !matches(image, thing, name)).toList();
      if (after.size() < before.size()) {
        int classes = before.get(0).probabilities().size();
        WholeFile.write(file, PredictionsCsv.write(after, classes));
      }
    }
  }

  private static boolean matches(PredictedImage image, ErasedThing thing, String name) {
    return thing.matches(name, image.group(), image.image());
  }

  /** Of whatever split. */
  private List<Path> tables(UUID run) throws IOException {
    return Disk.startingWith(PREDICTIONS, artifacts.run(run.toString())).stream()
        .filter(file -> file.toString().endsWith(".csv") && Files.isRegularFile(file))
        .toList();
  }

  /** What cannot be read as predictions is used by nobody, and has none. */
  private static List<PredictedImage> read(Path file) throws IOException {
    try (Reader csv = Files.newBufferedReader(file)) {
      return PredictionsCsv.read(csv);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      LOG.warnf("%s cannot be read as predictions, so nothing is erased from it", file);
      return List.of();
    }
  }
}
