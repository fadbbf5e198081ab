package org.medtransformers.imaging.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class PnmCodecConformanceTest extends CodecConformanceTest {
  @Override
  Codec codec() {
    return new PnmCodec();
  }

  @Override
  byte[] file() throws IOException {
    byte[] header = "P6 21 13 255\n".getBytes(StandardCharsets.US_ASCII);
    byte[] file = Arrays.copyOf(header, header.length + 21 * 13 * 3);
    for (int i = header.length; i < file.length; i++) {
      file[i] = (byte) i;
    }
    return file;
  }
}
