package org.medtransformers.imaging.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.medtransformers.imaging.Image;

/** Writes 8-bit grey or RGB PNG; the same image gives the same bytes. */
public final class PngEncoder {
  private PngEncoder() {}

  public static byte[] encode(Image image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(PngFile.SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(image.width()).putInt(image.height()).put((byte) 8);
    header.put((byte) (image.channels() == 1 ? PngHeader.GREY : PngHeader.RGB));
    chunk(out, "IHDR", header.array());
    chunk(out, "IDAT", deflate(image));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static byte[] deflate(Image image) throws IOException {
    int rowBytes = image.width() * image.channels();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream rows = new DeflaterOutputStream(out, deflater)) {
      byte[] row = new byte[rowBytes + 1];
      row[0] = 1;
      for (int y = 0; y < image.height(); y++) {
        filterLeft(image, y * rowBytes, row);
        rows.write(row);
      }
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  private static void filterLeft(Image image, int start, byte[] row) {
    byte[] data = image.data();
    int distance = image.channels();
    for (int i = 0; i < row.length - 1; i++) {
      int left = i < distance ? 0 : data[start + i - distance];
      row[i + 1] = (byte) (data[start + i] - left);
    }
  }

  static void chunk(ByteArrayOutputStream out, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.write(ByteBuffer.allocate(4).putInt(data.length).array());
    out.write(name);
    out.write(data);
    out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
