package org.medtransformers.gateway.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.gateway.entity.RunReferences;
import org.medtransformers.gateway.peer.Peer;
import org.medtransformers.gateway.peer.Peers;

/** What the data-service has prepared, and the runs that it was for. */
@Singleton
public final class DatasetLooks {
  private static final String DATASETS = "/api/v1/datasets";
  private static final String RUNS = "runs";

  private final Peers peers;
  private final RunReferences runs;

  DatasetLooks(Peers peers, RunReferences runs) {
    this.peers = peers;
    this.runs = runs;
  }

  /** One page, the newest first, each with the number of its runs. */
  public JsonNode page(int page, int size) {
    JsonNode found =
        peers.get(
            Peer.DATA,
            String.format(Locale.ROOT, "%s?page=%d&size=%d", DATASETS, page, size),
            JsonNode.class);
    List<String> ids = new ArrayList<>();
    found.path("items").forEach(item -> ids.add(id(item)));
    Map<String, Long> counts = runs.countsOfDatasets(ids);
    for (JsonNode item : found.path("items")) {
      ((ObjectNode) item).put(RUNS, counts.getOrDefault(id(item), 0L));
      withoutExamples(item);
    }
    return found;
  }

  private static String id(JsonNode item) {
    return item.at("/dataset/id").asText();
  }

  /** A list says how many there are; which ones are the findings of each set. */
  private static void withoutExamples(JsonNode item) {
    for (String kind : List.of("duplicates", "nearDuplicates")) {
      if (item.at("/statistics/" + kind) instanceof ObjectNode found) {
        found.remove(List.of("examples", "blankExamples"));
      }
    }
  }

  /** One of them, with the newest of its runs. */
  public JsonNode get(String id) {
    ObjectNode found = (ObjectNode) peers.get(Peer.DATA, path(id), JsonNode.class);
    found.put(RUNS, runs.countsOfDatasets(List.of(id)).getOrDefault(id, 0L));
    found.set("usedBy", Json.tree(runs.ofDataset(id)));
    return found;
  }

  /** What can make its numbers wrong. */
  public JsonNode findings(String id) {
    return peers.get(Peer.DATA, path(id) + "/findings", JsonNode.class);
  }

  /** One page of the images of a part. */
  public JsonNode images(String id, Split split, int page, int size) {
    return peers.get(
        Peer.DATA,
        String.format(
            Locale.ROOT, "%s/images?split=%s&page=%d&size=%d", path(id), split.label(), page, size),
        JsonNode.class);
  }

  /** PNG of a prepared image. */
  public byte[] picture(String id, int number, int size) {
    return peers.bytes(
        Peer.DATA, path(id) + String.format(Locale.ROOT, "/images/%d?size=%d", number, size));
  }

  private static String path(String id) {
    return DATASETS + "/" + id;
  }
}
