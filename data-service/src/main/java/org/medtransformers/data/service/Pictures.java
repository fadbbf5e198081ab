package org.medtransformers.data.service;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.codec.PngEncoder;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.transform.Operation;

/** Images as PNG, for people. */
@Singleton
public final class Pictures {
  private final PreparedSets sets;
  private final BatchGate gate;

  Pictures(PreparedSets sets, BatchGate gate) {
    this.sets = sets;
    this.gate = gate;
  }

  /**
   * A prepared image, no larger than {@code size} pixels on its longer side.
   *
   * @param number of the image in the prepared index
   * @throws MedtransException {@link ErrorCode#NOT_FOUND} where there is no such set or image
   */
  public byte[] of(String preparedId, int number, int size) {
    PreparedSet set = sets.get(preparedId);
    if (number >= set.rows().size()) {
      throw MedtransException.of(
          ErrorCode.NOT_FOUND,
          "there is no image %d, the data set has %d, from 0".formatted(number, set.rows().size()));
    }
    return gate.alone(() -> png(set.image(number), size));
  }

  /** {@code image}, no larger than {@code size} pixels on its longer side. */
  static byte[] png(Image image, int size) {
    int longer = Math.max(image.height(), image.width());
    Image shown =
        longer <= size
            ? image
            : new Operation.Resize(
                    scaled(image.height(), size, longer), scaled(image.width(), size, longer))
                .apply(image);
    try {
      return PngEncoder.encode(shown);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int scaled(int side, int size, int longer) {
    return Math.max(1, Math.toIntExact(Math.round((double) side * size / longer)));
  }
}
