package org.medtransformers.cli.predict;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.imaging.dataset.ImageTree;
import org.medtransformers.inference.AskedImage;

/** Images as they are named on the command line. */
public final class ImageArguments {
  private ImageArguments() {}

  /**
   * One image.
   *
   * @param name as given, or below the folder that was given
   */
  public record Named(String name, Path file) implements AskedImage {
    @Override
    public String origin() {
      return file.toString();
    }

    @Override
    public byte[] bytes(ImageDecoder decoder) {
      return decoder.read(file);
    }
  }

  /**
   * The images that {@code given} names, in that order: files, and of folders everything in them
   * and below that is neither hidden nor by its name text, in the order of their paths.
   *
   * @throws MedtransException {@link ErrorCode#INVALID_REQUEST} where a name leads to nothing or
   *     there is no image at all
   */
  public static List<Named> resolve(List<String> given, Path workingDirectory) {
    List<Named> images = new ArrayList<>();
    for (String name : given) {
      Path path = workingDirectory.resolve(name);
      if (Files.isDirectory(path)) {
        for (Path below : below(path, name)) {
          images.add(new Named(Path.of(name).resolve(below).toString(), path.resolve(below)));
        }
      } else if (Files.exists(path)) {
        images.add(new Named(name, path));
      } else {
        throw invalid(name + ": there is no such file or folder", null);
      }
    }
    if (images.isEmpty()) {
      throw invalid("there is no image in " + String.join(", ", given), null);
    }
    return images;
  }

  private static List<Path> below(Path folder, String name) {
    try {
      return ImageTree.below(folder);
    } catch (IOException | UncheckedIOException e) {
      throw invalid(name + " cannot be listed: " + e.getMessage(), e);
    }
  }

  private static MedtransException invalid(String problem, Exception cause) {
    return MedtransException.of(ErrorCode.INVALID_REQUEST, problem, cause);
  }
}
