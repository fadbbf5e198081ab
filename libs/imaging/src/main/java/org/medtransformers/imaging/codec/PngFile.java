package org.medtransformers.imaging.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file (W3C PNG, third edition), each critical one checked by its CRC.
 *
 * @param palette RGB triples; empty where there is none
 * @param imageData the IDAT chunks in order, views of the file
 */
record PngFile(PngHeader header, ByteBuffer palette, List<ByteBuffer> imageData) {
  static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  static boolean recognises(byte[] file) {
    return file.length >= SIGNATURE.length
        && Arrays.equals(file, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  /** Reads the first chunk only. */
  static PngHeader header(byte[] file) throws IOException {
    Chunk first = Chunk.next(ByteBuffer.wrap(file).position(SIGNATURE.length));
    if (!first.type().equals("IHDR")) {
      throw new IOException("PNG does not begin with a header");
    }
    return PngHeader.of(first.data());
  }

  static PngFile parse(byte[] file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE.length);
    PngHeader header = PngHeader.of(Chunk.next(in).data());
    ByteBuffer palette = ByteBuffer.allocate(0);
    List<ByteBuffer> imageData = new ArrayList<>();
    for (Chunk chunk = Chunk.next(in); !chunk.type().equals("IEND"); chunk = Chunk.next(in)) {
      if (chunk.type().equals("IDAT")) {
        imageData.add(chunk.data());
      } else if (chunk.type().equals("PLTE")) {
        palette = chunk.data();
      }
    }
    return new PngFile(header, palette, imageData);
  }

  private record Chunk(String type, ByteBuffer data) {
    static Chunk next(ByteBuffer in) throws IOException {
      if (in.remaining() < 12) {
        throw new IOException("truncated");
      }
      int length = in.getInt();
      if (length < 0 || length > in.remaining() - 8) {
        throw new IOException("truncated");
      }
      ByteBuffer typeAndData = in.slice(in.position(), length + 4);
      in.position(in.position() + length + 4);
      int declared = in.getInt();
      byte[] name = new byte[4];
      typeAndData.get(0, name);
      // Lower case first letters mark ancillary chunks: their damage does not touch the pixels.
      if (Character.isUpperCase(name[0]) && declared != crc(typeAndData)) {
        throw new IOException(
            "damaged: checksum of its "
                + new String(name, StandardCharsets.ISO_8859_1)
                + " chunk is wrong");
      }
      return new Chunk(new String(name, StandardCharsets.ISO_8859_1), typeAndData.slice(4, length));
    }

    private static int crc(ByteBuffer data) {
      CRC32 crc = new CRC32();
      crc.update(data.duplicate());
      return (int) crc.getValue();
    }
  }
}
