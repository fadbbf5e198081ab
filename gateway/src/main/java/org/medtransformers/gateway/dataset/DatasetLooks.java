package org.medtransformers.gateway.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.entity.RunReferences;
import org.medtransformers.gateway.entity.Scope;
import org.medtransformers.gateway.peer.Peer;
import org.medtransformers.gateway.peer.Peers;

/** What the data-service has prepared, and the runs that it was for. */
@Singleton
public final class DatasetLooks {
  private static final String DATASETS = "/api/v1/datasets";
  private static final String RUNS = "runs";
  private static final int AT_ONCE = 100;

  private final Peers peers;
  private final RunReferences runs;
  private final Access access;

  DatasetLooks(Peers peers, RunReferences runs, Access access) {
    this.peers = peers;
    this.runs = runs;
    this.access = access;
  }

  /** One page, the newest first, each with the number of its runs. */
  public JsonNode page(int page, int size) {
    Scope scope = access.scope();
    JsonNode found = scope.equals(Scope.EVERYTHING) ? page(asked(page, size)) : seen(page, size);
    List<String> ids = new ArrayList<>();
    found.path("items").forEach(item -> ids.add(id(item)));
    Map<String, Long> counts = runs.countsOfDatasets(ids, scope);
    for (JsonNode item : found.path("items")) {
      ((ObjectNode) item).put(RUNS, counts.getOrDefault(id(item), 0L));
      withoutExamples(item);
    }
    return found;
  }

  private JsonNode page(String path) {
    return peers.get(Peer.DATA, path, JsonNode.class);
  }

  private static String asked(int page, int size) {
    return String.format(Locale.ROOT, "%s?page=%d&size=%d", DATASETS, page, size);
  }

  /**
   * The same of those that runs were for which whoever asks may see. The data-service knows nothing
   * of that; no disk holds so many that looking through them takes long.
   */
  private JsonNode seen(int page, int size) {
    Set<String> own = runs.datasets(access.scope());
    List<JsonNode> all = new ArrayList<>();
    JsonNode some = items(0);
    for (int next = 1; !some.isEmpty(); next++) {
      some.forEach(item -> Optional.of(item).filter(i -> own.contains(id(i))).ifPresent(all::add));
      some = items(next);
    }
    int from = (int) Math.min((long) page * size, all.size());
    ObjectNode found = Json.mapper().createObjectNode();
    found.set("items", Json.tree(all.subList(from, Math.min(from + size, all.size()))));
    return found.put("page", page).put("size", size).put("total", all.size());
  }

  private JsonNode items(int page) {
    return page(asked(page, AT_ONCE)).path("items");
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
    Scope scope = access.scope();
    ObjectNode found = (ObjectNode) peers.get(Peer.DATA, path(id), JsonNode.class);
    found.put(RUNS, runs.countsOfDatasets(List.of(id), scope).getOrDefault(id, 0L));
    found.set("usedBy", Json.tree(runs.ofDataset(id, scope)));
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

  /**
   * Where the data-service has it.
   *
   * @throws MedtransException {@code NOT_FOUND} where no run was for it that whoever asks may see
   */
  private String path(String id) {
    Scope scope = access.scope();
    if (!scope.equals(Scope.EVERYTHING) && runs.countsOfDatasets(List.of(id), scope).isEmpty()) {
      throw MedtransException.of(ErrorCode.NOT_FOUND, "there is no data set " + id);
    }
    return DATASETS + "/" + id;
  }
}
