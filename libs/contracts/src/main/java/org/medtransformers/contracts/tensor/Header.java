package org.medtransformers.contracts.tensor;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.Json;

/**
 * The JSON header of a safetensors file.
 *
 * @param entries by tensor name
 */
record Header(Map<String, Entry> entries, Map<String, String> metadata) {
  /** Enough for a hundred thousand tensors; stops a forged length from filling the memory. */
  private static final long MAX_LENGTH = 16L << 20;

  private static final int ALIGNMENT = 8;
  private static final String METADATA = "__metadata__";
  private static final ObjectReader JSON =
      Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Where one tensor lies, in bytes from the end of the header. */
  record Entry(DType dtype, List<Long> shape, long begin, long end) {
    long size() {
      return end - begin;
    }
  }

  /** Reads and checks the header's length, given the first bytes and the size of the whole. */
  static long length(ByteBuffer prefix, long total) {
    if (prefix.remaining() < Long.BYTES) {
      throw new MalformedSafetensorsException("only " + prefix.remaining() + " bytes");
    }
    long length = prefix.getLong(0);
    if (length < 2 || length > MAX_LENGTH || length > total - Long.BYTES) {
      throw new MalformedSafetensorsException(
          "header length " + Long.toUnsignedString(length) + " in " + total + " bytes");
    }
    return length;
  }

  /** Parses the JSON text that remains in {@code text}. */
  static Header parse(ByteBuffer text) {
    byte[] bytes = new byte[text.remaining()];
    text.get(bytes);
    JsonNode root;
    try {
      root = JSON.readTree(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new MalformedSafetensorsException("header is not JSON: " + e.getMessage(), e);
    }
    if (bytes[0] != '{' || !root.isObject()) {
      throw new MalformedSafetensorsException("header is not a JSON object");
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    root.properties()
        .forEach(
            field -> {
              if (field.getKey().equals(METADATA)) {
                metadata.putAll(metadata(field.getValue()));
              } else {
                entries.put(field.getKey(), entry(field.getKey(), field.getValue()));
              }
            });
    return new Header(entries, metadata);
  }

  /** The header for {@code file}: widest elements first, so that every tensor is aligned. */
  static Header of(Safetensors file) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    long offset = 0;
    for (Map.Entry<String, Tensor> named : widestFirst(file.tensors())) {
      Tensor t = named.getValue();
      long end = offset + t.data().remaining();
      entries.put(named.getKey(), new Entry(t.dtype(), t.shape(), offset, end));
      offset = end;
    }
    return new Header(entries, file.metadata());
  }

  /** The header as JSON, padded with spaces so that the data after it is aligned. */
  ByteBuffer encode() {
    Map<String, Object> root = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      root.put(METADATA, metadata);
    }
    entries.forEach((name, e) -> root.put(name, fields(e)));
    byte[] json = Json.write(root).getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return ByteBuffer.wrap(padded);
  }

  /** In a fixed order, so that the same tensors are the same bytes in every virtual machine. */
  private static Map<String, Object> fields(Entry entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("dtype", entry.dtype());
    fields.put("shape", entry.shape());
    fields.put("data_offsets", List.of(entry.begin(), entry.end()));
    return fields;
  }

  long dataSize() {
    return entries.values().stream().mapToLong(Entry::end).max().orElse(0);
  }

  /** The tensors must cover all of the data, without gap or overlap, as the format demands. */
  void checkLayout(long dataSize) {
    List<Entry> byOffset = new ArrayList<>(entries.values());
    byOffset.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long expected = 0;
    for (Entry e : byOffset) {
      if (e.begin() != expected) {
        throw new MalformedSafetensorsException(
            "a tensor begins at " + e.begin() + " where " + expected + " is expected");
      }
      expected = e.end();
    }
    if (expected != dataSize) {
      throw new MalformedSafetensorsException(
          "tensors take " + expected + " bytes, the file holds " + dataSize);
    }
  }

  private static List<Map.Entry<String, Tensor>> widestFirst(Map<String, Tensor> tensors) {
    Comparator<Map.Entry<String, Tensor>> byWidth =
        Comparator.comparingInt(e -> e.getValue().dtype().bytes());
    return tensors.entrySet().stream().sorted(byWidth.reversed()).toList();
  }

  private static Map<String, String> metadata(JsonNode node) {
    Map<String, String> metadata = new LinkedHashMap<>();
    node.properties()
        .forEach(
            field -> {
              if (!field.getValue().isTextual()) {
                throw new MalformedSafetensorsException("metadata " + field.getKey() + " no text");
              }
              metadata.put(field.getKey(), field.getValue().textValue());
            });
    return metadata;
  }

  private static Entry entry(String name, JsonNode node) {
    List<Long> shape = naturals(name, node.path("shape"));
    List<Long> offsets = naturals(name, node.path("data_offsets"));
    if (node.size() != 3 || offsets.size() != 2) {
      throw new MalformedSafetensorsException(name + " lacks dtype, shape or data_offsets");
    }
    Entry entry = new Entry(dtype(name, node.path("dtype")), shape, offsets.get(0), offsets.get(1));
    long needed;
    try {
      needed = Tensor.byteSize(entry.dtype(), shape);
    } catch (ArithmeticException e) {
      throw new MalformedSafetensorsException(name + " has the impossible shape " + shape, e);
    }
    if (entry.size() != needed) {
      throw new MalformedSafetensorsException(
          name + " needs " + needed + " bytes, its offsets are " + offsets);
    }
    return entry;
  }

  private static DType dtype(String name, JsonNode node) {
    return Arrays.stream(DType.values())
        .filter(d -> node.isTextual() && d.name().equals(node.textValue()))
        .findFirst()
        .orElseThrow(
            () ->
                new MalformedSafetensorsException(
                    name
                        + " has the unknown dtype "
                        + node
                        + ", known are "
                        + Arrays.toString(DType.values())));
  }

  private static List<Long> naturals(String name, JsonNode node) {
    List<Long> values = new ArrayList<>();
    for (JsonNode item : node) {
      if (!item.isIntegralNumber() || !item.canConvertToLong() || item.longValue() < 0) {
        throw new MalformedSafetensorsException(name + ": " + item + " is no size or offset");
      }
      values.add(item.longValue());
    }
    if (!node.isArray()) {
      throw new MalformedSafetensorsException(name + " lacks dtype, shape or data_offsets");
    }
    return values;
  }
}
