package org.medtransformers.learning.weights;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The entries of a zip archive that holds them uncompressed, as PyTorch writes them. They are read
 * where they lie in the mapped file, which {@link java.util.zip.ZipFile} does not offer, and never
 * before their checksum was compared, which it does not do.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">the format, 4.3 and
 *     4.5.3</a>
 */
final class ZipEntries {
  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int MAX_COMMENT = 0xffff;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int ZIP64_END = 0x06064b50;
  private static final int ZIP64_END_LENGTH = 56;
  private static final int CENTRAL = 0x02014b50;
  private static final int CENTRAL_LENGTH = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_LENGTH = 30;
  private static final int ZIP64_EXTRA = 1;
  private static final long IN_EXTRA = 0xffffffffL;

  /** Enough for a hundred thousand storages. */
  private static final long MAX_DIRECTORY = 32L << 20;

  private static final int ENCRYPTED = 1;

  private final FileBytes file;
  private final Map<String, Entry> entries;

  /** One line of the directory; {@code header} is where the entry itself begins. */
  private record Entry(
      String name, int flags, int method, long crc, long packed, long size, long header) {}

  /** Where the directory lies. */
  private record Directory(long offset, long size) {}

  private ZipEntries(FileBytes file, Map<String, Entry> entries) {
    this.file = file;
    this.entries = entries;
  }

  /** Reads the directory. */
  static ZipEntries of(FileBytes file) {
    Directory directory = directory(file);
    if (directory.size() > MAX_DIRECTORY) {
      throw new UnreadableWeightsException(
          "the zip directory has %d bytes, allowed are %d"
              .formatted(directory.size(), MAX_DIRECTORY));
    }
    ByteBuffer bytes = file.slice(directory.offset(), directory.size(), "the zip directory");
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (bytes.hasRemaining()) {
      Entry entry = entry(bytes);
      if (entries.put(entry.name(), entry) != null) {
        throw new UnreadableWeightsException("the archive has two entries " + entry.name());
      }
    }
    return new ZipEntries(file, entries);
  }

  Iterable<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  boolean contains(String name) {
    return entries.containsKey(name);
  }

  /** The content of the entry {@code name}, in the mapped file, its checksum verified. */
  ByteBuffer content(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new UnreadableWeightsException("the archive has no entry " + name);
    }
    if (entry.method() != 0 || (entry.flags() & ENCRYPTED) != 0 || entry.packed() != entry.size()) {
      throw new UnreadableWeightsException(
          "the entry %s is compressed or encrypted, which PyTorch never does".formatted(name));
    }
    ByteBuffer header = file.slice(entry.header(), LOCAL_LENGTH, "the header of " + name);
    if (header.getInt(0) != LOCAL) {
      throw new UnreadableWeightsException(
          "the entry %s is not where it should be".formatted(name));
    }
    long start = entry.header() + LOCAL_LENGTH + unsigned(header, 26) + unsigned(header, 28);
    ByteBuffer content = file.slice(start, entry.size(), name);
    CRC32 crc = new CRC32();
    crc.update(content.duplicate());
    if (crc.getValue() != entry.crc()) {
      throw new UnreadableWeightsException(
          "the entry %s is damaged: its checksum does not match".formatted(name));
    }
    return content;
  }

  private static Directory directory(FileBytes file) {
    long tailLength = Math.min(file.size(), END_LENGTH + MAX_COMMENT);
    long tailStart = file.size() - tailLength;
    ByteBuffer tail = file.slice(tailStart, tailLength, "the end of the archive");
    for (int at = (int) tailLength - END_LENGTH; at >= 0; at--) {
      if (tail.getInt(at) == END && at + END_LENGTH + unsigned(tail, at + 20) == tailLength) {
        return zip64(file, tailStart + at, tail.slice(at, END_LENGTH).order(tail.order()));
      }
    }
    throw new UnreadableWeightsException(
        "the zip archive has no directory at its end; it is cut off");
  }

  private static Directory zip64(FileBytes file, long endOffset, ByteBuffer end) {
    long locatorOffset = endOffset - LOCATOR_LENGTH;
    if (locatorOffset >= 0) {
      ByteBuffer locator = file.slice(locatorOffset, LOCATOR_LENGTH, "the zip64 locator");
      if (locator.getInt(0) == LOCATOR) {
        ByteBuffer end64 =
            file.slice(locator.getLong(8), ZIP64_END_LENGTH, "the end of the zip64 archive");
        if (end64.getInt(0) != ZIP64_END) {
          throw new UnreadableWeightsException("the zip64 archive's end is damaged");
        }
        return new Directory(end64.getLong(48), end64.getLong(40));
      }
    }
    return new Directory(unsignedInt(end, 16), unsignedInt(end, 12));
  }

  /** Reads one line of the directory and moves on to the next. */
  private static Entry entry(ByteBuffer directory) {
    ByteBuffer line = directory.slice().order(directory.order());
    if (line.remaining() < CENTRAL_LENGTH || line.getInt(0) != CENTRAL) {
      throw damagedDirectory();
    }
    int nameLength = unsigned(line, 28);
    int extraLength = unsigned(line, 30);
    int length = CENTRAL_LENGTH + nameLength + extraLength + unsigned(line, 32);
    if (length > line.remaining()) {
      throw damagedDirectory();
    }
    directory.position(directory.position() + length);
    long size = unsignedInt(line, 24);
    long packed = unsignedInt(line, 20);
    long header = unsignedInt(line, 42);
    ByteBuffer extra =
        zip64Extra(line.slice(CENTRAL_LENGTH + nameLength, extraLength).order(line.order()));
    // The order of the fields is the format's.
    size = size == IN_EXTRA ? next(extra) : size;
    packed = packed == IN_EXTRA ? next(extra) : packed;
    header = header == IN_EXTRA ? next(extra) : header;
    String name = FileBytes.utf8(line.slice(CENTRAL_LENGTH, nameLength), "the name of an entry");
    return new Entry(
        name, unsigned(line, 8), unsigned(line, 10), unsignedInt(line, 16), packed, size, header);
  }

  /** The content of the extra field that holds sizes beyond 32 bits; empty without one. */
  private static ByteBuffer zip64Extra(ByteBuffer extra) {
    int at = 0;
    while (at + 4 <= extra.limit()) {
      int length = unsigned(extra, at + 2);
      if (at + 4 + length > extra.limit()) {
        throw damagedDirectory();
      }
      if (unsigned(extra, at) == ZIP64_EXTRA) {
        return extra.slice(at + 4, length).order(extra.order());
      }
      at += 4 + length;
    }
    return ByteBuffer.allocate(0);
  }

  private static long next(ByteBuffer extra) {
    if (extra.remaining() < Long.BYTES) {
      throw damagedDirectory();
    }
    return extra.getLong();
  }

  private static UnreadableWeightsException damagedDirectory() {
    return new UnreadableWeightsException("the zip directory is damaged");
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return bytes.getShort(at) & 0xffff;
  }

  private static long unsignedInt(ByteBuffer bytes, int at) {
    return bytes.getInt(at) & 0xffffffffL;
  }
}
