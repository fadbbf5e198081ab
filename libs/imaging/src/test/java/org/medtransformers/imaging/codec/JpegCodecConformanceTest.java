package org.medtransformers.imaging.codec;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

class JpegCodecConformanceTest extends CodecConformanceTest {
  @Override
  Codec codec() {
    return new JpegCodec();
  }

  @Override
  byte[] file() throws IOException {
    BufferedImage picture = new BufferedImage(21, 13, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 21 * 13; i++) {
      picture.setRGB(i % 21, i / 21, 0x030507 * i);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpeg", out);
    return out.toByteArray();
  }
}
