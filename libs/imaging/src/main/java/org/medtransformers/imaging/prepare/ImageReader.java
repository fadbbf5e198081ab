package org.medtransformers.imaging.prepare;

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
  private final int channels;

  ImageReader(ImageDecoder decoder, int channels) {
    this.decoder = decoder;
    this.channels = channels;
  }

  /** Either {@code image} with its file's hash, or {@code problem}. */
  record Result(Sample sample, Image image, String sha256, MedtransException problem) {}

  Result read(Sample sample, Optional<Size> size) {
    try {
      byte[] file = decoder.read(sample.file());
      Image image = decoder.decode(file, sample.file().toString(), channels);
      Image resized =
          size.map(s -> new Operation.Resize(s.height(), s.width()).apply(image)).orElse(image);
      return new Result(sample, resized, Digests.sha256(file), null);
    } catch (MedtransException e) {
      return new Result(sample, null, "", e);
    } catch (OutOfMemoryError e) {
      return new Result(
          sample,
          null,
          "",
          MedtransException.of(
              ErrorCode.IMAGE_UNREADABLE, sample.file() + " does not fit into memory", e));
    }
  }
}
