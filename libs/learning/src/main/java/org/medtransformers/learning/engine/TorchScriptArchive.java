package org.medtransformers.learning.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * Packs a module into a TorchScript file, as {@code torch.jit.save} would: a zip of stored entries
 * whose {@code data.pkl} is the module object, {@code data/} its tensors and {@code code/} its
 * sources. The same module gives the same bytes.
 *
 * @param module its class is defined in the source {@code code/__torch__.py}
 * @param texts further entries by path: sources, and below {@code extra/} what readers may ask for
 */
public record TorchScriptArchive(ScriptModule module, Map<String, String> texts) {
  private static final String ROOT = "x/";
  private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

  public void write(OutputStream out) throws IOException {
    ModulePickle pickle = new ModulePickle(module);
    Entries entries = new Entries(new ZipOutputStream(out));
    entries.store("version", ascii("3\n"));
    entries.store("byteorder", ascii("little"));
    entries.store("constants.pkl", ByteBuffer.wrap(EMPTY_TUPLE));
    entries.store("data.pkl", ByteBuffer.wrap(pickle.bytes()));
    for (Map.Entry<String, String> text : texts.entrySet()) {
      entries.store(
          text.getKey(), ByteBuffer.wrap(text.getValue().getBytes(StandardCharsets.UTF_8)));
    }
    List<Tensor> storages = pickle.storages();
    for (int i = 0; i < storages.size(); i++) {
      entries.store("data/" + i, storages.get(i).data());
    }
    entries.zip.finish();
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Entries whose content begins at multiples of 64 bytes, so that tensors can be mapped. */
  private static final class Entries {
    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER = 30;
    private static final int EXTRA_HEADER = 4;

    /** Any time will do, save the first of the format, which is written in a longer form. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final ZipOutputStream zip;
    private long position;

    Entries(ZipOutputStream zip) {
      this.zip = zip;
    }

    void store(String name, ByteBuffer content) throws IOException {
      CRC32 crc = new CRC32();
      crc.update(content.duplicate());
      ZipEntry entry = new ZipEntry(ROOT + name);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.remaining());
      entry.setCrc(crc.getValue());
      entry.setTimeLocal(TIME);
      int header = LOCAL_HEADER + ROOT.length() + name.length();
      int padding = (int) Math.floorMod(-(position + header + EXTRA_HEADER), (long) ALIGNMENT);
      entry.setExtra(padding(padding));
      position += header + EXTRA_HEADER + padding + content.remaining();
      zip.putNextEntry(entry);
      Channels.newChannel(zip).write(content);
    }

    /** An extra field {@code FB}, as PyTorch pads with. */
    private static byte[] padding(int bytes) {
      return ByteBuffer.allocate(EXTRA_HEADER + bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .put((byte) 'F')
          .put((byte) 'B')
          .putShort((short) bytes)
          .array();
    }
  }
}
