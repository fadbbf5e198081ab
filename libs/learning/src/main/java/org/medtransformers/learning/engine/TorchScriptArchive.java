package org.medtransformers.learning.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs source texts and constants into a TorchScript file, as {@code torch.jit.save} would: a zip
 * of stored entries whose {@code data.pkl} is the module object and whose {@code code/} holds the
 * sources.
 *
 * @param type the module's class, defined in the source {@code __torch__.py}
 * @param sources text by path below {@code code/}
 * @param attributes the module's attributes: {@link String}, {@link Boolean}, {@link Double},
 *     {@link Integer}, and lists and maps of them
 */
record TorchScriptArchive(
    String type, Map<String, String> sources, Map<String, Object> attributes) {
  private static final String ROOT = "x/";

  // Opcodes of pickle, protocol 2.
  private static final byte[] PROTOCOL_2 = {(byte) 0x80, 2};
  private static final byte[] EMPTY_TUPLE = {')'};
  private static final byte[] NEW_OBJECT = {(byte) 0x81};
  private static final byte[] EMPTY_DICT_MARK = {'}', '('};
  private static final byte SET_ITEMS = 'u';
  private static final byte[] BUILD_STOP = {'b', '.'};
  private static final byte[] EMPTY_LIST_MARK = {']', '('};
  private static final byte APPENDS = 'e';
  private static final byte TRUE = (byte) 0x88;
  private static final byte FALSE = (byte) 0x89;

  void write(OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    store(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
    store(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    store(zip, "constants.pkl", new byte[] {PROTOCOL_2[0], PROTOCOL_2[1], ')', '.'});
    store(zip, "data.pkl", pickle());
    for (Map.Entry<String, String> source : sources.entrySet()) {
      store(zip, "code/" + source.getKey(), source.getValue().getBytes(StandardCharsets.UTF_8));
    }
    zip.finish();
  }

  private byte[] pickle() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(PROTOCOL_2);
    out.write(("c__torch__\n" + type + "\n").getBytes(StandardCharsets.US_ASCII));
    out.write(EMPTY_TUPLE);
    out.write(NEW_OBJECT);
    write(out, attributes);
    out.write(BUILD_STOP);
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      out.write(EMPTY_DICT_MARK);
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        write(out, entry.getKey());
        write(out, entry.getValue());
      }
      out.write(SET_ITEMS);
    } else if (value instanceof List<?> list) {
      out.write(EMPTY_LIST_MARK);
      for (Object element : list) {
        write(out, element);
      }
      out.write(APPENDS);
    } else {
      out.write(scalar(value));
    }
  }

  private static byte[] scalar(Object value) {
    if (value instanceof Boolean flag) {
      return new byte[] {flag ? TRUE : FALSE};
    }
    if (value instanceof Double number) {
      return ByteBuffer.allocate(1 + Double.BYTES).put((byte) 'G').putDouble(number).array();
    }
    if (value instanceof Integer number) {
      return ByteBuffer.allocate(1 + Integer.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .put((byte) 'J')
          .putInt(number)
          .array();
    }
    if (value instanceof String text) {
      return text(text);
    }
    throw new IllegalArgumentException("attribute of type " + value.getClass());
  }

  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + Integer.BYTES + utf8.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 'X')
        .putInt(utf8.length)
        .put(utf8)
        .array();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(ROOT + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
  }
}
