package org.medtransformers.imaging.batch;

import java.util.Arrays;
import java.util.List;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.Image;

/**
 * Many images in one, for people: a row for each sample and a column for each view; samples of a
 * single view fill a square. Smaller images stand in the middle of their cell.
 */
final class ContactSheet {
  private static final int GAP = 4;
  private static final byte BACKGROUND = (byte) 255;
  private static final long MOST_PIXELS = 1L << 24;

  private ContactSheet() {}

  /**
   * @param images [samples × views], all with the same number of channels
   * @throws MedtransException {@link ErrorCode#INVALID_REQUEST} where it would be too large
   */
  static Image of(List<Image> images, int views) {
    int columns = views > 1 ? views : (int) Math.ceil(Math.sqrt(images.size()));
    int rows = (images.size() + columns - 1) / columns;
    int height = images.stream().mapToInt(Image::height).max().orElse(1);
    int[] widths = widths(images, columns);
    int width = Arrays.stream(widths).map(w -> w + GAP).sum() - GAP;
    requireSmall((long) rows * (height + GAP) * width);
    Image sheet = Image.black(rows * (height + GAP) - GAP, width, images.get(0).channels());
    Arrays.fill(sheet.data(), BACKGROUND);
    int left = 0;
    for (int column = 0; column < columns; column++) {
      for (int i = column; i < images.size(); i += columns) {
        Image image = images.get(i);
        int top = i / columns * (height + GAP) + (height - image.height()) / 2;
        paste(image, sheet, top, left + (widths[column] - image.width()) / 2);
      }
      left += widths[column] + GAP;
    }
    return sheet;
  }

  private static int[] widths(List<Image> images, int columns) {
    int[] widths = new int[columns];
    for (int i = 0; i < images.size(); i++) {
      widths[i % columns] = Math.max(widths[i % columns], images.get(i).width());
    }
    return widths;
  }

  /** Throws where {@code pixels} are more than a sheet may have. */
  static void requireSmall(long pixels) {
    if (pixels > MOST_PIXELS) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "a contact sheet of more than %d pixels; ask for fewer samples or make a loader of smaller views"
              .formatted(MOST_PIXELS));
    }
  }

  private static void paste(Image image, Image sheet, int top, int left) {
    int bytes = image.width() * image.channels();
    for (int y = 0; y < image.height(); y++) {
      int to = ((top + y) * sheet.width() + left) * sheet.channels();
      System.arraycopy(image.data(), y * bytes, sheet.data(), to, bytes);
    }
  }
}
