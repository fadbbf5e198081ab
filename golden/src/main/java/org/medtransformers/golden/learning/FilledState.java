package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.model.TensorSpec;
import org.medtransformers.parity.Fill;
import org.medtransformers.parity.Numbers;

/**
 * The tensors that a case lists row by row, each filled by rule.
 *
 * @param prefix before every name when it is filled
 */
record FilledState(Map<String, Row> rows, String prefix) {
  /**
   * How a tensor is filled.
   *
   * @param parameter rather than a buffer
   */
  record Row(List<Long> shape, boolean parameter, double scale, double offset) {}

  /** The rows at {@code key} of a case, in the columns {@code state_columns}. */
  static FilledState of(JsonNode golden, String key) {
    List<String> columns = new ArrayList<>();
    golden.path("state_columns").forEach(column -> columns.add(column.asText()));
    Map<String, Row> read = new LinkedHashMap<>();
    for (JsonNode row : golden.path(key)) {
      String name = row.path(columns.indexOf("name")).asText();
      read.put(
          name,
          new Row(
              Fill.shape(row.path(columns.indexOf("shape")), key + ": " + name),
              row.path(columns.indexOf("kind")).asText().equals("param"),
              Numbers.one(row.path(columns.indexOf("fill_scale")), key + ": " + name),
              Numbers.one(row.path(columns.indexOf("fill_offset")), key + ": " + name)));
    }
    return new FilledState(read, golden.path("config").path("name_prefix").asText(""));
  }

  /** Before anything is filled, so that a forged shape costs nothing. */
  void requireSameTensors(List<TensorSpec> ours) {
    List<String> names = ours.stream().map(TensorSpec::name).toList();
    if (!names.equals(List.copyOf(rows.keySet()))) {
      throw invalid(
          "the state has %d tensors %s, the network has %d %s"
              .formatted(
                  rows.size(),
                  difference(rows.keySet().stream().toList(), names),
                  names.size(),
                  difference(names, rows.keySet().stream().toList())));
    }
    for (TensorSpec tensor : ours) {
      List<Long> shape = rows.get(tensor.name()).shape();
      if (!tensor.shape().equals(shape)) {
        throw invalid(
            "%s has the shape %s in the state, %s in the network"
                .formatted(tensor.name(), shape, tensor.shape()));
      }
    }
  }

  /**
   * The whole state.
   *
   * @param exact in float64
   */
  Map<String, Tensor> fill(List<TensorSpec> tensors, boolean exact) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (TensorSpec tensor : tensors) {
      state.put(
          tensor.name(),
          tensor.counter() ? counter(tensor.name()) : widened(filled(tensor.name()), exact));
    }
    return state;
  }

  /** A counter begins at its offset. */
  Tensor counter(String name) {
    return Tensor.ofLongs(new long[] {(long) rows.get(name).offset()});
  }

  Tensor filled(String name) {
    Row row = rows.get(name);
    return Fill.tensor(prefix + name, row.shape(), row.scale(), row.offset());
  }

  static Tensor widened(Tensor tensor, boolean exact) {
    long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
    return exact ? Tensor.ofDoubles(tensor.doubles(), shape) : tensor;
  }

  private static String difference(List<String> some, List<String> others) {
    Optional<String> own = some.stream().filter(name -> !others.contains(name)).findFirst();
    return own.map(name -> "with " + name).orElse("in its own order");
  }

  private static MedtransException invalid(String message) {
    return MedtransException.of(ErrorCode.INVALID_REQUEST, message);
  }
}
