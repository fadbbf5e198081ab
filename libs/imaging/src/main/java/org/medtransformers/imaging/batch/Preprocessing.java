package org.medtransformers.imaging.batch;

import java.util.List;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.imaging.Image;

/**
 * Makes images that are in no prepared set into what a network takes, as {@link Batcher} does with
 * prepared ones. What a transform draws at random depends on an image's number alone.
 */
public final class Preprocessing {
  private final View view;
  private final PixelScale scale;

  /**
   * @param transforms of one view
   */
  public Preprocessing(Transforms transforms, DatasetDescription dataset) {
    this.view = View.of(List.of(transforms), false).get(0);
    this.scale = view.normalizes() ? PixelScale.normalized(dataset) : PixelScale.unit(dataset);
  }

  /**
   * The view of a decoded image.
   *
   * @param number of the image, from 0
   */
  public Numbered view(Image image, String name, int number) {
    return new Numbered(view.apply(image, 0, 0, number), name, number);
  }

  /** A view, and the image it is of. */
  public record Numbered(Image view, String name, int number) {}

  /**
   * F32 [n, channels, height, width].
   *
   * @throws MedtransException {@link ErrorCode#INVALID_REQUEST} where the views differ in size
   */
  public Tensor batch(List<Numbered> views) {
    ViewBuffer buffer = new ViewBuffer(DType.F32, views.size(), new BatchMemory(Integer.MAX_VALUE));
    for (Numbered each : views) {
      view.write(each.view(), scale, 0, 0, each.number(), buffer.next(each.view(), each::name));
    }
    return buffer.tensor();
  }
}
