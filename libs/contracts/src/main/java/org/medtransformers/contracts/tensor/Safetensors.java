package org.medtransformers.contracts.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named tensors in the safetensors format: an 8-byte little-endian header length, a JSON header,
 * the tensors' bytes. Reading trusts nothing: whatever breaks a rule of the format ends in a {@link
 * MalformedSafetensorsException} before any tensor is handed out.
 *
 * @param tensors by name, in the header's order
 * @param metadata free text by name
 * @see <a href="https://huggingface.co/docs/safetensors/index#format">the format</a>
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
  /** Media type of a safetensors body. */
  public static final String MEDIA_TYPE = "application/vnd.safetensors";

  public Safetensors {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  public Safetensors(Map<String, Tensor> tensors) {
    this(tensors, Map.of());
  }

  /** The tensor called {@code name}; throws {@link MalformedSafetensorsException} without one. */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new MalformedSafetensorsException(
          "no tensor " + name + " among " + tensors.keySet().stream().limit(10).toList());
    }
    return tensor;
  }

  /** Reads what remains in {@code bytes}; the tensors share its memory. */
  public static Safetensors read(ByteBuffer bytes) {
    ByteBuffer all = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    long headerLength = Header.length(all, all.remaining());
    Header header = Header.parse(all.slice(Long.BYTES, (int) headerLength));
    int start = Long.BYTES + (int) headerLength;
    header.checkLayout(all.remaining() - (long) start);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    header
        .entries()
        .forEach(
            (name, e) ->
                tensors.put(
                    name,
                    new Tensor(
                        e.dtype(), e.shape(), all.slice(start + (int) e.begin(), (int) e.size()))));
    return new Safetensors(tensors, header.metadata());
  }

  /**
   * Maps a file into memory; the tensors are valid as long as the file is not shortened. Throws
   * {@link MalformedSafetensorsException} for a tensor beyond 2 GiB too.
   */
  public static Safetensors read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer prefix = map(channel, 0, Math.min(Long.BYTES, channel.size()));
      long headerLength = Header.length(prefix, channel.size());
      Header header = Header.parse(map(channel, Long.BYTES, headerLength));
      long start = Long.BYTES + headerLength;
      header.checkLayout(channel.size() - start);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, Header.Entry> named : header.entries().entrySet()) {
        Header.Entry e = named.getValue();
        ByteBuffer data = map(channel, start + e.begin(), e.size());
        tensors.put(named.getKey(), new Tensor(e.dtype(), e.shape(), data));
      }
      return new Safetensors(tensors, header.metadata());
    }
  }

  /** The length in bytes of what {@link #write} writes. */
  public long encodedSize() {
    Header header = Header.of(this);
    return Long.BYTES + (long) header.encode().remaining() + header.dataSize();
  }

  /** The file's bytes in order, the tensors' own memory among them: nothing is copied. */
  public List<ByteBuffer> parts() {
    Header header = Header.of(this);
    ByteBuffer json = header.encode();
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    List<ByteBuffer> parts = new ArrayList<>();
    parts.add(length.putLong(json.remaining()).flip());
    parts.add(json);
    header.entries().keySet().forEach(name -> parts.add(tensors.get(name).data()));
    return parts;
  }

  /** Writes the file without copying the tensors. */
  public void write(WritableByteChannel channel) throws IOException {
    for (ByteBuffer part : parts()) {
      writeFully(channel, part);
    }
  }

  /** The whole file in memory. */
  public ByteBuffer encode() {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(encodedSize())).order(ByteOrder.LITTLE_ENDIAN);
    parts().forEach(bytes::put);
    return bytes.flip();
  }

  private static ByteBuffer map(FileChannel channel, long offset, long size) throws IOException {
    if (size > Integer.MAX_VALUE) {
      throw new MalformedSafetensorsException("a tensor of " + size + " bytes is over 2 GiB");
    }
    return size == 0
        ? ByteBuffer.allocate(0)
        : channel.map(FileChannel.MapMode.READ_ONLY, offset, size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
