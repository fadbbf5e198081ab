package org.medtransformers.imaging.prepare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.imaging.dataset.Sample;
import org.medtransformers.imaging.transform.Operation;

/** Reads, decodes and resizes one image. */
final class ImageReader {
  private final ImageDecoder decoder;
  private final DecodeBudget budget;
  private final int channels;

  ImageReader(ImageDecoder decoder, DecodeBudget budget, int channels) {
    this.decoder = decoder;
    this.budget = budget;
    this.channels = channels;
  }

  /** Either {@code image} with its file's hash, or {@code problem}. */
  record Result(Sample sample, Image image, String sha256, MedtransException problem) {}

  Result read(Sample sample, Optional<Size> size) {
    String name = sample.file().toString();
    try {
      requireNoLink(sample.file());
      byte[] file = decoder.read(sample.file());
      // A JPEG's pixels exist twice while they pass from the native library into an array.
      try (DecodeBudget.Share share = budget.take(2L * channels * decoder.pixels(file, name))) {
        Image image = decoder.decode(file, name, channels);
        return new Result(sample, resized(image, size), Digests.sha256(file), null);
      }
    } catch (MedtransException e) {
      return new Result(sample, null, "", e);
    } catch (OutOfMemoryError e) {
      return new Result(
          sample,
          null,
          "",
          MedtransException.of(
              ErrorCode.IMAGE_UNREADABLE, "image " + name + " does not fit into memory", e));
    }
  }

  private static Image resized(Image image, Optional<Size> size) {
    return size.map(s -> new Operation.Resize(s.height(), s.width()).apply(image)).orElse(image);
  }

  /** A listing has followed the links that may be followed; what is still one leads elsewhere. */
  private static void requireNoLink(Path file) {
    try {
      Path target = file.toRealPath();
      if (!target.equals(file)) {
        throw MedtransException.of(
            ErrorCode.PATH_NOT_ALLOWED,
            "image %s is a link to %s, which lies outside the allowed roots"
                .formatted(file, target));
      }
    } catch (IOException e) {
      // Reading it will say why.
    }
  }
}
