package org.medtransformers.imaging.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.codec.Channels;
import org.medtransformers.imaging.random.RandomStream;

/** A grey image is treated as the colour image whose three channels it is. */
class ChannelsTest {
  private static final Image GREY = noise(23, 17);

  private static Image noise(int height, int width) {
    RandomStream random = RandomStream.ofItem(1, 1);
    byte[] pixels = new byte[height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.below(256);
    }
    return new Image(pixels, height, width, 1);
  }

  static Stream<Operation> operations() {
    return Stream.of(
        new Operation.Resize(9, 31),
        new Operation.ResizedCrop(new Box(2, 3, 15, 11), 20, 7, Filter.BILINEAR),
        new Operation.ResizedCrop(new Box(2, 3, 15, 11), 20, 7, Filter.BICUBIC),
        new Operation.Crop(new Box(-3, 5, 20, 20)),
        new Operation.CenterCrop(30, 8),
        new Operation.HorizontalFlip(),
        new Operation.VerticalFlip(),
        new Operation.Brightness(1.3),
        new Operation.Contrast(0.6),
        new Operation.Saturation(0.3),
        new Operation.HueShift(0.2),
        new Operation.Grayscale(),
        new Operation.GaussianBlur(1.7),
        new Operation.Solarize(100),
        new Operation.Rotation(33),
        new Operation.Rotation(180),
        new Operation.Affine(List.of(0.9, 0.2, -1.5, -0.1, 1.1, 2.0)),
        new Operation.Perspective(List.of(1.1, 0.1, -1.0, 0.05, 1.2, -2.0, 0.001, 0.002)));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void greyIsThreeEqualChannels(Operation operation) {
    assertEquals(
        Channels.convert(operation.apply(GREY), 3), operation.apply(Channels.convert(GREY, 3)));
  }
}
