package org.medtransformers.imaging.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** NumPy's archives, byte by byte. */
final class NpzBytes {
  private NpzBytes() {}

  /** Of arrays by name. */
  static byte[] zip(Map<String, byte[]> arrays) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        zip.write(array.getValue());
      }
    }
    return out.toByteArray();
  }

  static byte[] npy(String descr, String shape, byte[] data) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n".formatted(descr, shape);
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    byte[] file =
        Arrays.copyOf(
            new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0},
            10 + text.length + data.length);
    file[8] = (byte) text.length;
    System.arraycopy(text, 0, file, 10, text.length);
    System.arraycopy(data, 0, file, 10 + text.length, data.length);
    return file;
  }
}
