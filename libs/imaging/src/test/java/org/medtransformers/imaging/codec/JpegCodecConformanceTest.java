package org.medtransformers.imaging.codec;

import java.io.IOException;

class JpegCodecConformanceTest extends CodecConformanceTest {
  @Override
  Codec codec() {
    return new JpegCodec();
  }

  @Override
  byte[] file() throws IOException {
    return encoded("jpeg");
  }
}
