package org.medtransformers.data.config;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.prepare.ErasedNames;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.imaging.prepare.Preparer;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.service.path.DataRoots;

/** The parts of the imaging library, configured. */
@Singleton
final class Producers {
  @Produces
  @Singleton
  PreparedStore store(Artifacts artifacts) {
    return new PreparedStore(folder(artifacts));
  }

  @Produces
  @Singleton
  ErasedNames erased(Artifacts artifacts) {
    return new ErasedNames(folder(artifacts));
  }

  @Produces
  @Singleton
  Preparer preparer(Artifacts artifacts, DataConfig config, DataRoots roots) {
    return new Preparer(
        folder(artifacts),
        new ImageLimits(config.maxImageBytes(), config.maxImagePixels()),
        config.decodeThreads().orElseGet(() -> Runtime.getRuntime().availableProcessors()),
        roots::allowsData);
  }

  private static Path folder(Artifacts artifacts) {
    return artifacts.root().resolve("datasets");
  }
}
