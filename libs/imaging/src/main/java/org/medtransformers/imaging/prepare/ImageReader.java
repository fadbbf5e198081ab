package org.medtransformers.imaging.prepare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.codec.Channels;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.imaging.codec.SampleRange;
import org.medtransformers.imaging.dataset.ArrayRow;
import org.medtransformers.imaging.dataset.Sample;
import org.medtransformers.imaging.npz.UnpackedArrays;
import org.medtransformers.imaging.similar.Look;
import org.medtransformers.imaging.transform.Operation;

/** Reads, decodes and resizes images one by one. */
final class ImageReader implements AutoCloseable {
  /** A row is read and converted to the channels of its set. */
  private static final int COPIES = 2;

  private final ImageDecoder decoder;
  private final DecodeBudget budget;
  private final int channels;
  private final Integer bits;
  private final UnpackedArrays arrays;

  /**
   * @param bits see {@link SampleRange}
   * @param scratch folder for what must be unpacked while the reader is open
   */
  ImageReader(ImageDecoder decoder, DecodeBudget budget, int channels, Integer bits, Path scratch) {
    this.decoder = decoder;
    this.budget = budget;
    this.channels = channels;
    this.bits = bits;
    this.arrays = new UnpackedArrays(scratch);
  }

  /**
   * Either {@code image}, with hash and range of its file or array row and how it looked before it
   * was resized, or {@code problem}.
   */
  record Result(
      Sample sample,
      Image image,
      String sha256,
      SampleRange range,
      Look look,
      MedtransException problem) {
    static Result unreadable(Sample sample, MedtransException problem) {
      return new Result(sample, null, "", null, null, problem);
    }
  }

  /**
   * @throws MedtransException where what holds all images cannot be read
   */
  Result read(Sample sample, Optional<Size> size) {
    if (sample.source() instanceof ArrayRow row) {
      return row(sample, row, size);
    }
    try {
      return file(sample, size);
    } catch (MedtransException e) {
      return Result.unreadable(sample, e);
    }
  }

  private Result file(Sample sample, Optional<Size> size) {
    Path path = sample.source().file();
    requireNoLink(path);
    long needed = decoder.size(path);
    while (true) {
      try (DecodeBudget.Share share = budget.take(needed, path.toString())) {
        byte[] file = decoder.read(path);
        // What decoding takes is known once the file is read, for which there must be room, too.
        needed = file.length + decoder.workingBytes(file, path.toString(), channels);
        if (share.growTo(needed)) {
          return decoded(sample, file, size);
        }
      }
    }
  }

  private Result decoded(Sample sample, byte[] file, Optional<Size> size) {
    SampleRange range = new SampleRange(bits);
    Image image = decoder.decode(file, sample.source().file().toString(), channels, range);
    return new Result(sample, resized(image, size), Sha256.of(file), range, Look.of(image), null);
  }

  private Result row(Sample sample, ArrayRow source, Optional<Size> size) {
    long bytes = arrays.bytesPerImage(source.file(), source.array());
    try (DecodeBudget.Share share =
        budget.take(COPIES * bytes, source.file() + " " + source.array())) {
      Image image = arrays.row(source.file(), source.array(), source.row());
      return new Result(
          sample,
          resized(Channels.convert(image, channels), size),
          Sha256.of(image.data()),
          new SampleRange(null),
          Look.of(image),
          null);
    }
  }

  private static Image resized(Image image, Optional<Size> size) {
    return size.map(s -> new Operation.Resize(s.height(), s.width()).apply(image)).orElse(image);
  }

  @Override
  public void close() throws IOException {
    arrays.close();
  }

  /** A listing has followed the links that may be followed; what is still one leads elsewhere. */
  private static void requireNoLink(Path file) {
    try {
      if (!file.toRealPath().equals(file)) {
        throw MedtransException.of(
            ErrorCode.PATH_NOT_ALLOWED,
            "image %s is a link that leads outside the allowed roots".formatted(file));
      }
    } catch (IOException e) {
      // Reading it will say why.
    }
  }
}
