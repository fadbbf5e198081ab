package org.medtransformers.imaging.prepare;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.medtransformers.contracts.data.Split;

/**
 * Where one image is, and what is known of it; a line of {@code index.csv}.
 *
 * @param classes that the image shows, see {@link org.medtransformers.imaging.dataset.Sample}; in
 *     the file the column {@code label}, several with {@code ;} between them
 * @param group patient or lesion; empty where unknown
 * @param shard file name
 * @param row position in the shard
 * @param source file the image came from, relative to the data set's folder
 * @param sha256 of that file
 * @param attributes see {@link org.medtransformers.imaging.dataset.Sample}, each {@code
 *     name=value}, both encoded as in a URL
 * @param offset of the first pixel, in bytes behind the shard's header
 */
@JsonPropertyOrder({
  "id",
  "label",
  "group",
  "split",
  "shard",
  "row",
  "source",
  "sha256",
  "offset",
  "height",
  "width",
  "channels",
  "attributes"
})
public record IndexRow(
    String id,
    @JsonProperty("label") List<Integer> classes,
    String group,
    Split split,
    String shard,
    int row,
    String source,
    String sha256,
    long offset,
    int height,
    int width,
    int channels,
    List<String> attributes) {

  public IndexRow {
    attributes = attributes == null ? List.of() : List.copyOf(attributes);
  }

  /** Attributes as they stand in the file. */
  static List<String> written(SortedMap<String, String> attributes) {
    return attributes.entrySet().stream()
        .map(a -> encoded(a.getKey()) + "=" + encoded(a.getValue()))
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The attributes by name. */
  public Map<String, String> attributesByName() {
    return attributes.stream()
        .map(a -> a.split("=", 2))
        .collect(Collectors.toMap(a -> decoded(a[0]), a -> decoded(a[1])));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
