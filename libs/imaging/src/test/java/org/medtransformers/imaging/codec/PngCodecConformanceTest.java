package org.medtransformers.imaging.codec;

import java.io.IOException;

class PngCodecConformanceTest extends CodecConformanceTest {
  @Override
  Codec codec() {
    return new PngCodec();
  }

  @Override
  byte[] file() throws IOException {
    return encoded("png");
  }
}
