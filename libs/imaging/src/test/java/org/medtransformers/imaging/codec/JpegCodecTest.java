package org.medtransformers.imaging.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.Golden;
import org.medtransformers.imaging.Image;

class JpegCodecTest {
  private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

  @Test
  void colourAndGreySurviveCompressionNearly() throws IOException {
    Image flat = Image.black(32, 48, 3);
    Arrays.fill(flat.data(), (byte) 90);
    Image decoded = decode(jpeg(flat), 3);
    assertEquals(32, decoded.height());
    assertEquals(48, decoded.width());
    assertEquals(90, decoded.at(10, 20, 0), 2);
    assertEquals(90, decode(jpeg(flat), 1).at(10, 20, 0), 2);
    Image grey = Golden.image("transforms/grey.png", 1);
    Image greyAgain = decode(jpeg(grey), 1);
    assertEquals(1, greyAgain.channels());
    assertEquals(decode(jpeg(grey), 3).at(5, 6, 2), greyAgain.at(5, 6, 0));
  }

  @Test
  void libturbojpegAndImageIoGiveTheSamePixels() throws IOException {
    assumeTrue(TurboJpeg.isAvailable(), "no libturbojpeg on this machine");
    byte[] jpeg = jpeg(Golden.image("transforms/srcB.png", 3));
    assertEquals(ImageIoJpeg.decode(jpeg), TurboJpeg.decode(jpeg));
    byte[] grey = jpeg(Golden.image("transforms/grey.png", 1));
    assertEquals(ImageIoJpeg.decode(grey), TurboJpeg.decode(grey));
  }

  @Test
  void inksBecomeColours() throws IOException {
    WritableRaster inks = Raster.createInterleavedRaster(0, 16, 16, 4, null);
    for (int i = 0; i < 256; i++) {
      // As Adobe stores them: 255 is no ink. Full cyan and a third of black.
      inks.setPixel(i % 16, i / 16, new int[] {0, 255, 255, 170});
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(inks, null, null), null);
    }
    Image image = decode(bytes.toByteArray(), 3);
    assertEquals(0, image.at(8, 8, 0), 3);
    assertEquals(170, image.at(8, 8, 1), 3);
    assertEquals(170, image.at(8, 8, 2), 3);
  }

  @Test
  void truncatedFileIsRefusedWithItsName() throws IOException {
    byte[] jpeg = jpeg(Golden.image("transforms/srcA.png", 3));
    for (int length : new int[] {3, 20, 200, jpeg.length / 2, jpeg.length - 40}) {
      MedtransException e =
          assertThrows(
              MedtransException.class,
              () -> decode(Arrays.copyOf(jpeg, length), 3),
              "length " + length);
      assertEquals(ErrorCode.IMAGE_UNREADABLE, e.code());
      assertTrue(e.getMessage().contains("test.jpg"), e.getMessage());
    }
  }

  @Test
  void sizeIsCheckedBeforeDecoding() throws IOException {
    byte[] jpeg = jpeg(Golden.image("transforms/srcA.png", 3));
    ImageDecoder strict = new ImageDecoder(new ImageLimits(1 << 20, 1000));
    MedtransException e =
        assertThrows(MedtransException.class, () -> strict.decode(jpeg, "test.jpg", 3));
    assertTrue(e.getMessage().contains("97 x 83 pixels, allowed are 1000"), e.getMessage());
  }

  @Test
  void standAloneMarkersHaveNoLength() throws IOException {
    assumeTrue(TurboJpeg.isAvailable(), "without libturbojpeg such files are refused by name");
    byte[] jpeg = jpeg(Golden.image("transforms/srcA.png", 3));
    assertEquals(decode(jpeg, 3), decode(behindStart(jpeg, "FF01 FFD0 FFD7"), 3));
  }

  @Test
  void frameHeaderCannotHideBehindAMarkerWithoutLength() throws IOException {
    byte[] jpeg = jpeg(Golden.image("transforms/srcA.png", 3));
    String huge = "0015 FFC0 0011 08 FFFF FFFF 03 011100 021100 031100";
    for (String marker : new String[] {"FF00", "FF01", "FFD0"}) {
      byte[] hostile = behindStart(jpeg, marker + huge);
      MedtransException e = assertThrows(MedtransException.class, () -> decode(hostile, 3), marker);
      assertEquals(ErrorCode.IMAGE_UNREADABLE, e.code());
      assertTrue(e.getMessage().contains("65535 x 65535 pixels, allowed are"), e.getMessage());
    }
  }

  /** Scanners pad segments to whole words; libjpeg passes over what is no marker. */
  @Test
  void bytesBetweenSegmentsArePassedOver() throws IOException {
    for (String name : List.of("transforms/srcA.png", "transforms/grey.png")) {
      byte[] jpeg = jpeg(Golden.image(name, name.contains("grey") ? 1 : 3));
      for (String stray : List.of("00", "000000", "41424300", "FF00", "FFFFFF")) {
        byte[] padded = behindStart(jpeg, stray);
        assertEquals(decode(jpeg, 3), decode(padded, 3), stray);
        assertEquals(ImageIoJpeg.decode(jpeg), ImageIoJpeg.decode(padded), stray);
      }
    }
    assertThrows(
        IOException.class, () -> JpegHeader.of(HexFormat.of().parseHex("FFD8FF00000000FFFFFF")));
  }

  @Test
  void decoderThatFindsAnotherSizeThanTheHeaderIsNotFollowed() throws IOException {
    JpegHeader header = JpegHeader.of(jpeg(Golden.image("transforms/srcA.png", 3)));
    header.requireSize(97, 83);
    assertThrows(IOException.class, () -> header.requireSize(83, 97));
  }

  @Test
  void textIsNoImage() {
    MedtransException e =
        assertThrows(
            MedtransException.class, () -> decode("hello".getBytes(StandardCharsets.UTF_8), 3));
    assertTrue(e.getMessage().contains("neither PNG, JPEG"), e.getMessage());
  }

  private static byte[] behindStart(byte[] jpeg, String hex) {
    byte[] added = HexFormat.of().parseHex(hex.replace(" ", ""));
    return ByteBuffer.allocate(jpeg.length + added.length)
        .put(jpeg, 0, 2)
        .put(added)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  private static Image decode(byte[] jpeg, int channels) {
    return DECODER.decode(jpeg, "test.jpg", channels);
  }

  private static byte[] jpeg(Image image) throws IOException {
    boolean grey = image.channels() == 1;
    BufferedImage buffered =
        new BufferedImage(
            image.width(),
            image.height(),
            grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        for (int c = 0; c < image.channels(); c++) {
          buffered.getRaster().setSample(x, y, c, image.at(y, x, c));
        }
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(buffered, "jpeg", out);
    return out.toByteArray();
  }
}
