package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** A data set's folder; nothing outside it is ever opened, whatever label files or links say. */
public final class DatasetFolder {
  private static final String SYNTHETIC_MARKER = "SYNTHETIC.txt";

  private final Path root;

  private DatasetFolder(Path root) {
    this.root = root;
  }

  /** The folder {@code name} below {@code location}. */
  public static DatasetFolder open(Path location, String name) {
    Path folder = location.resolve(name);
    if (!Files.isDirectory(folder)) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID, "data_location %s has no folder %s".formatted(location, name));
    }
    try {
      Path root = folder.toRealPath();
      if (!root.startsWith(location.toRealPath())) {
        throw MedtransException.of(
            ErrorCode.PATH_NOT_ALLOWED, folder + " leads out of data_location to " + root);
      }
      return new DatasetFolder(root);
    } catch (IOException e) {
      throw MedtransException.of(ErrorCode.DATASET_INVALID, folder + " cannot be opened: " + e, e);
    }
  }

  /** With all links resolved. */
  public Path root() {
    return root;
  }

  /** Whether the images were drawn by a program: the folder says so in a file of that name. */
  boolean isSynthetic() {
    return Files.exists(root.resolve(SYNTHETIC_MARKER));
  }

  /** Whether there is such a file. */
  boolean has(String relative) {
    return Files.exists(root.resolve(relative));
  }

  /** A label file; throws {@link ErrorCode#DATASET_INVALID} where it is missing. */
  Path labelFile(String relative) {
    Path file = resolve(relative);
    if (!Files.isRegularFile(file)) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID, "data set has no label file " + root.resolve(relative));
    }
    return file;
  }

  /**
   * The image that a label file names: a {@code .png} of the same base name where there is one,
   * else the named file, whether it exists or not.
   *
   * @param relative with extension, relative to this folder
   */
  Path image(String relative) {
    Path png = resolve(relative.replaceFirst("\\.[^./]*$", "") + ".png");
    return Files.exists(png) ? png : resolve(relative);
  }

  private Path resolve(String relative) {
    try {
      Path file = root.resolve(relative).normalize();
      Path real = Files.exists(file) ? file.toRealPath() : file;
      if (!real.startsWith(root) || real.equals(root)) {
        throw outside(relative);
      }
      return real;
    } catch (InvalidPathException e) {
      throw outside(relative);
    } catch (IOException e) {
      throw MedtransException.of(
          ErrorCode.IMAGE_UNREADABLE, root.resolve(relative) + " cannot be opened: " + e, e);
    }
  }

  private MedtransException outside(String relative) {
    return MedtransException.of(
        ErrorCode.PATH_NOT_ALLOWED,
        "'%s' in a label file is not a path inside %s".formatted(relative, root));
  }
}
