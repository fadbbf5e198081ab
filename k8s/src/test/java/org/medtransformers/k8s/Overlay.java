package org.medtransformers.k8s;

import java.nio.file.Path;
import java.util.Locale;

/** What is rendered, and kept as it was rendered last. */
enum Overlay {
  SMALL("overlays/small"),
  GPU("overlays/gpu"),
  PRODUCTION("overlays/production"),
  /** The components that none of the others has. */
  EVERYTHING_ELSE("src/test/overlays/everything-else");

  private final Path folder;

  Overlay(String folder) {
    this.folder = Path.of(folder);
  }

  Path folder() {
    return folder;
  }

  Path golden() {
    String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
    return Path.of("src/test/resources/golden", name + ".yaml");
  }

  Manifests manifests() {
    return Manifests.of(golden());
  }
}
