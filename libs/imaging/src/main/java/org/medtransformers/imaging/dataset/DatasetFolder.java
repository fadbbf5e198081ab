package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * A data set's folder. Label files name nothing outside it; links, the folder itself being one
 * perhaps, lead to no place but below {@code data_location} or where the caller allows.
 */
public final class DatasetFolder {
  private static final String SYNTHETIC_MARKER = "SYNTHETIC.txt";

  private final Path root;
  private final Predicate<Path> allowed;
  private final SimilarNames names = new SimilarNames();

  private DatasetFolder(Path root, Predicate<Path> allowed) {
    this.root = root;
    this.allowed = allowed;
  }

  /**
   * The folder {@code name} below {@code location}, or with {@code .} that itself.
   *
   * @param allowed where links may lead besides {@code location}, told by a path without links
   */
  public static DatasetFolder open(Path location, String name, Predicate<Path> allowed) {
    Path folder = location.resolve(name).normalize();
    if (!folder.startsWith(location.normalize())) {
      throw MedtransException.of(
          ErrorCode.PATH_NOT_ALLOWED,
          "'%s' is not a folder inside data_location %s".formatted(name, location));
    }
    if (!Files.isDirectory(folder)) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID, "data_location %s has no folder %s".formatted(location, name));
    }
    try {
      Path root = folder.toRealPath();
      Path top = location.toRealPath();
      Predicate<Path> readable = real -> real.startsWith(top) || allowed.test(real);
      if (!readable.test(root)) {
        throw leadsOut(folder);
      }
      return new DatasetFolder(root, readable);
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
    return Files.exists(inside(relative));
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
   * else the named file, whether it exists or not. A link that leads where nothing may be read is
   * not followed but returned itself, so that whoever reads the images can tell its name.
   *
   * @param relative with extension, relative to this folder
   */
  Path image(String relative) {
    Path png = followed(relative.replaceFirst("\\.[^./]*$", "") + ".png");
    return Files.exists(png) ? png : followed(relative);
  }

  /**
   * What {@code relative} names, links followed as in {@link #image}, whether it exists or not.
   *
   * @param relative to this folder
   */
  Path followed(String relative) {
    Path file = inside(relative);
    try {
      Path real = file.toRealPath();
      return isReadable(real) ? real : file;
    } catch (IOException e) {
      // Missing, perhaps; reading it will say so by name.
      return file;
    }
  }

  private boolean isReadable(Path real) {
    return real.startsWith(root) || allowed.test(real);
  }

  /** The same for what is no image: a link that leads elsewhere is refused. */
  Path resolve(String relative) {
    Path file = inside(relative);
    try {
      Path real = Files.exists(file) ? file.toRealPath() : file;
      if (!isReadable(real)) {
        throw leadsOut(file);
      }
      return real;
    } catch (IOException e) {
      throw MedtransException.of(ErrorCode.DATASET_INVALID, file + " cannot be opened: " + e, e);
    }
  }

  /**
   * What {@code relative} names, perhaps by a similar name, links not resolved; it cannot lead out
   * of this folder.
   */
  private Path inside(String relative) {
    try {
      Path file = root.resolve(relative).normalize();
      if (!file.startsWith(root) || file.equals(root)) {
        throw outside(relative);
      }
      return Files.exists(file) ? file : names.existing(root, file);
    } catch (InvalidPathException e) {
      throw FileNames.isUnwritable(relative) ? FileNames.unreadable(relative) : outside(relative);
    }
  }

  private static MedtransException leadsOut(Path link) {
    return MedtransException.of(
        ErrorCode.PATH_NOT_ALLOWED,
        "%s is a link that leads outside the allowed roots".formatted(link));
  }

  private MedtransException outside(String relative) {
    return MedtransException.of(
        ErrorCode.PATH_NOT_ALLOWED,
        "'%s' in a label file is not a path inside %s".formatted(relative, root));
  }
}
