package org.medtransformers.imaging.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class DicomCodecConformanceTest extends CodecConformanceTest {
  @Override
  Codec codec() {
    return new DicomCodec();
  }

  @Override
  byte[] file() throws IOException {
    return Files.readAllBytes(Path.of("src/test/resources/formats/rgb.dcm"));
  }
}
