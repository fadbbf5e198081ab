package org.medtransformers.service.path;

import jakarta.inject.Singleton;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.service.config.MedtransConfig;

/** The artifact root: prepared data sets, run folders, weights. */
@Singleton
public final class Artifacts {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
  private static final String RUNS = "runs";
  private static final String DATASETS = "datasets";

  private final Path root;

  Artifacts(MedtransConfig config) {
    this.root = config.home().toAbsolutePath().normalize();
  }

  public Path root() {
    return root;
  }

  /** The folders that are written to, each of which may be a disk of its own. */
  public List<Path> volumes() {
    return List.of(root, runs(), root.resolve(DATASETS), weights());
  }

  /** Folder of the runs' folders. */
  public Path runs() {
    return root.resolve(RUNS);
  }

  /** Folder of everything that the run leaves behind. */
  public Path run(String runId) {
    return runs().resolve(requireName(runId));
  }

  /** Folder of a prepared data set. */
  public Path dataset(String preparedId) {
    return root.resolve(DATASETS).resolve(requireName(preparedId));
  }

  /** Folder of downloaded weights. */
  public Path weights() {
    return root.resolve("weights");
  }

  /**
   * The file that an event or a request names relative to the root.
   *
   * @throws MedtransException {@code PATH_NOT_ALLOWED} if it leads out of the root
   */
  public Path resolve(String relative) {
    try {
      Path path = root.resolve(relative).normalize();
      if (path.startsWith(root)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw refused(relative, "is not a path");
    }
    throw refused(relative, "leads out of the artifact root");
  }

  /** How events name {@code path}: relative to the root. */
  public String relative(Path path) {
    return root.relativize(path.toAbsolutePath().normalize()).toString();
  }

  private static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw refused(name, "is not the name of a folder");
    }
    return name;
  }

  private static MedtransException refused(String path, String reason) {
    return MedtransException.of(ErrorCode.PATH_NOT_ALLOWED, "%s %s".formatted(path, reason));
  }
}
