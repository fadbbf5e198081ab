package org.medtransformers.imaging.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.Golden;
import org.medtransformers.imaging.Image;

/** Files written by the JDK's encoder, read by ours. */
class PngCodecTest {
  private static final int HEIGHT = 21;
  private static final int WIDTH = 13;
  private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void colourComesBackWhetherInterlacedOrNot(boolean interlaced) throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR}) {
      BufferedImage source = new BufferedImage(WIDTH, HEIGHT, type);
      forEachPixel((x, y) -> source.setRGB(x, y, 0x80000000 | (x * 0x120503 + y * 0x0b0c01)));
      Image image = decode(png(source, interlaced), 3);
      forEachPixel(
          (x, y) -> {
            assertEquals((source.getRGB(x, y) >> 16) & 0xFF, image.at(y, x, 0));
            assertEquals((source.getRGB(x, y) >> 8) & 0xFF, image.at(y, x, 1));
            assertEquals(source.getRGB(x, y) & 0xFF, image.at(y, x, 2));
          });
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void greyIsNotChangedByAnyGamma(boolean interlaced) throws IOException {
    BufferedImage source = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    forEachPixel((x, y) -> source.getRaster().setSample(x, y, 0, x * 19 + y));
    Image image = decode(png(source, interlaced), 1);
    Image colour = decode(png(source, interlaced), 3);
    forEachPixel(
        (x, y) -> {
          assertEquals(x * 19 + y, image.at(y, x, 0));
          assertEquals(x * 19 + y, colour.at(y, x, 2));
        });
  }

  @Test
  void sixteenBitGreyIsScaledAndRounded() throws IOException {
    BufferedImage source = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_USHORT_GRAY);
    forEachPixel((x, y) -> source.getRaster().setSample(x, y, 0, x * 5000 + y * 7));
    Image image = decode(png(source, false), 1);
    forEachPixel(
        (x, y) -> assertEquals(Math.round((x * 5000 + y * 7) * 255 / 65535.0), image.at(y, x, 0)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void paletteIsLookedUp(int depth) throws IOException {
    int colours = 1 << depth;
    byte[] red = new byte[colours];
    byte[] green = new byte[colours];
    byte[] blue = new byte[colours];
    for (int i = 0; i < colours; i++) {
      red[i] = (byte) (i * 3 + 1);
      green[i] = (byte) (255 - i);
      blue[i] = (byte) (i * 7);
    }
    IndexColorModel palette = new IndexColorModel(depth, colours, red, green, blue);
    int type = depth == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY;
    BufferedImage source = new BufferedImage(WIDTH, HEIGHT, type, palette);
    forEachPixel((x, y) -> source.getRaster().setSample(x, y, 0, (x + 3 * y) % colours));
    Image image = decode(png(source, false), 3);
    forEachPixel(
        (x, y) -> {
          int i = (x + 3 * y) % colours;
          assertEquals(red[i] & 0xFF, image.at(y, x, 0));
          assertEquals(green[i] & 0xFF, image.at(y, x, 1));
          assertEquals(blue[i] & 0xFF, image.at(y, x, 2));
        });
  }

  @Test
  void oneBitGreyIsBlackAndWhite() throws IOException {
    BufferedImage source = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY);
    forEachPixel((x, y) -> source.getRaster().setSample(x, y, 0, (x + y) % 2));
    Image image = decode(png(source, true), 1);
    forEachPixel((x, y) -> assertEquals((x + y) % 2 * 255, image.at(y, x, 0)));
  }

  @Test
  void ownEncoderIsReadByTheJdkAndByOurselves() throws IOException {
    Image source = Golden.image("transforms/srcA.png", 3);
    byte[] png = PngEncoder.encode(source);
    assertEquals(source, decode(png, 3));
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
    assertEquals(source.at(40, 50, 1), (read.getRGB(50, 40) >> 8) & 0xFF);
    Image grey = Golden.image("transforms/grey.png", 1);
    assertEquals(grey, decode(PngEncoder.encode(grey), 1));
  }

  @Test
  void hugeImageIsRefusedFromItsHeaderAlone() {
    byte[] png = new byte[200];
    ByteBuffer out = ByteBuffer.wrap(png).put(PngFile.SIGNATURE).putInt(13);
    out.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(60_000).putInt(60_000);
    out.put(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    out.putInt((int) crc.getValue());
    MedtransException e = assertThrows(MedtransException.class, () -> decode(png, 3));
    assertEquals(ErrorCode.IMAGE_UNREADABLE, e.code());
    assertTrue(e.getMessage().contains("test.png"), e.getMessage());
    assertTrue(e.getMessage().contains("60000 x 60000"), e.getMessage());
  }

  @Test
  void everyTruncationAndEveryFlippedByteOfThePixelsIsNoticed() throws IOException {
    byte[] png = png(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR), false);
    for (int length = 0; length < png.length; length++) {
      byte[] shorter = Arrays.copyOf(png, length);
      assertThrows(MedtransException.class, () -> decode(shorter, 3), "length " + length);
    }
    for (int i = 0; i < png.length; i++) {
      byte[] damaged = png.clone();
      damaged[i] ^= 0x10;
      assertThrows(MedtransException.class, () -> decode(damaged, 3), "byte " + i);
    }
  }

  @Test
  void imageWhoseArithmeticOverflowsIsRefusedByName() throws IOException {
    byte[] png = grey(60_000, 60_000, new byte[4]);
    ImageDecoder unlimited = new ImageDecoder(new ImageLimits(Long.MAX_VALUE, Long.MAX_VALUE));
    MedtransException e =
        assertThrows(MedtransException.class, () -> unlimited.decode(png, "test.png", 3));
    assertEquals(ErrorCode.IMAGE_UNREADABLE, e.code());
    assertTrue(e.getMessage().contains("test.png"), e.getMessage());
  }

  @Test
  void littleExcessBehindTheLastRowIsReadOverAndMuchIsRefused() throws IOException {
    assertEquals(Image.black(1, 1, 1), decode(grey(1, 1, new byte[2 + 1000]), 1));
    byte[] bomb = grey(1, 1, new byte[1 << 20]);
    MedtransException e = assertThrows(MedtransException.class, () -> decode(bomb, 1));
    assertTrue(e.getMessage().contains("more image data than its header"), e.getMessage());
  }

  /** An 8-bit grey file whose rows, filter bytes included, are {@code rows}. */
  private static byte[] grey(int width, int height, byte[] rows) throws IOException {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(rows);
    }
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.write(PngFile.SIGNATURE);
    PngEncoder.chunk(png, "IHDR", header.array());
    PngEncoder.chunk(png, "IDAT", deflated.toByteArray());
    PngEncoder.chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private interface PixelTask {
    void at(int x, int y);
  }

  private static void forEachPixel(PixelTask task) {
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        task.at(x, y);
      }
    }
  }

  private static Image decode(byte[] png, int channels) {
    return DECODER.decode(png, "test.png", channels);
  }

  private static byte[] png(BufferedImage image, boolean interlaced) throws IOException {
    ImageWriter writer =
        ImageIO.getImageWriters(ImageTypeSpecifier.createFromRenderedImage(image), "png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setProgressiveMode(
          interlaced ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
