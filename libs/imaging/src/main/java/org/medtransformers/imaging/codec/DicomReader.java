package org.medtransformers.imaging.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads the elements of a DICOM file (PS3.5, section 7; PS3.10, section 7) up to its pixels. No
 * length is believed before it is held against what is left of the file.
 */
final class DicomReader {
  private static final int PREAMBLE = 128;
  private static final byte[] MAGIC = {'D', 'I', 'C', 'M'};
  private static final Set<String> LONG_LENGTH =
      Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");
  private static final long UNDEFINED = 0xFFFFFFFFL;
  private static final int ITEM = 0xFFFEE000;
  private static final int ITEM_END = 0xFFFEE00D;
  private static final int SEQUENCE_END = 0xFFFEE0DD;
  private static final int DEEPEST = 32;

  private final ByteBuffer in;
  private boolean explicit = true;

  private record Element(int tag, String vr, long length) {}

  private DicomReader(byte[] file) {
    this.in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  static boolean recognises(byte[] file) {
    return file.length >= PREAMBLE + MAGIC.length
        && Arrays.equals(file, PREAMBLE, PREAMBLE + MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /** Everything before the pixels, and them. */
  static DicomElements read(byte[] file) throws IOException {
    return new DicomReader(file).read();
  }

  private DicomElements read() throws IOException {
    in.position(PREAMBLE + MAGIC.length);
    Map<Integer, ByteBuffer> values = new HashMap<>();
    while (in.remaining() >= 4 && in.getShort(in.position()) == 2) {
      Element element = next();
      values.put(element.tag(), value(element));
    }
    String syntax = text(values.get(DicomElements.TRANSFER_SYNTAX));
    if (syntax.equals(DicomElements.DEFLATED)) {
      // All that follows is compressed, so nothing of it would be understood.
      throw DicomElements.unsupported(syntax);
    }
    explicit = !syntax.equals(DicomElements.IMPLICIT_LITTLE_ENDIAN);
    if (syntax.equals(DicomElements.EXPLICIT_BIG_ENDIAN)) {
      in.order(ByteOrder.BIG_ENDIAN);
    }
    while (in.hasRemaining()) {
      Element element = next();
      if (element.tag() == DicomElements.PIXEL_DATA) {
        ByteBuffer pixels = element.length() == UNDEFINED ? rest() : value(element);
        return new DicomElements(
            syntax, values, pixels, element.length() == UNDEFINED, element.vr().equals("OW"));
      }
      if (element.length() == UNDEFINED) {
        skipSequence(element, 0);
      } else if (element.tag() >>> 16 == DicomElements.IMAGE_GROUP) {
        values.put(element.tag(), value(element));
      } else {
        value(element);
      }
    }
    throw new IOException("DICOM without pixels");
  }

  private static String text(ByteBuffer value) throws IOException {
    if (value == null) {
      throw new IOException("DICOM without a transfer syntax");
    }
    return DicomElements.text(value);
  }

  private Element next() throws IOException {
    requireLeft(8);
    int tag = in.getShort() << 16 | (in.getShort() & 0xFFFF);
    if (!explicit || tag == ITEM || tag == ITEM_END || tag == SEQUENCE_END) {
      return new Element(tag, "", in.getInt() & UNDEFINED);
    }
    byte[] name = new byte[2];
    in.get(name);
    String vr = new String(name, StandardCharsets.ISO_8859_1);
    if (!vr.matches("[A-Z]{2}")) {
      throw new IOException("damaged: no value representation at byte " + (in.position() - 2));
    }
    if (!LONG_LENGTH.contains(vr)) {
      return new Element(tag, vr, in.getShort() & 0xFFFF);
    }
    requireLeft(6);
    in.getShort();
    return new Element(tag, vr, in.getInt() & UNDEFINED);
  }

  private void requireLeft(long bytes) throws IOException {
    if (bytes > in.remaining()) {
      throw new IOException("truncated");
    }
  }

  /** A view of the element's bytes, which are passed over. */
  private ByteBuffer value(Element element) throws IOException {
    requireLeft(element.length());
    int length = (int) element.length();
    ByteBuffer value = in.slice(in.position(), length).order(in.order());
    in.position(in.position() + length);
    return value;
  }

  private ByteBuffer rest() {
    return in.slice().order(in.order());
  }

  /** Passes over the items of a sequence whose length is not told. */
  private void skipSequence(Element sequence, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("sequences in more than %d others".formatted(DEEPEST));
    }
    boolean outer = explicit;
    // PS3.5, section 6.2.2, note: what is of unknown kind and length is encoded implicitly.
    explicit = explicit && !sequence.vr().equals("UN");
    for (Element item = next(); item.tag() != SEQUENCE_END; item = next()) {
      if (item.tag() != ITEM) {
        throw new IOException("damaged: no item where one must be, in a sequence");
      }
      if (item.length() == UNDEFINED) {
        skipItem(depth);
      } else {
        value(item);
      }
    }
    explicit = outer;
  }

  private void skipItem(int depth) throws IOException {
    for (Element element = next(); element.tag() != ITEM_END; element = next()) {
      if (element.length() == UNDEFINED) {
        skipSequence(element, depth + 1);
      } else {
        value(element);
      }
    }
  }
}
