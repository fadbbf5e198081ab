package org.medtransformers.gateway.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.panache.common.Page;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.ImagePrediction;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.gateway.entity.NamedRuns;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.entity.RunReference;
import org.medtransformers.gateway.entity.RunReferences;
import org.medtransformers.gateway.entity.Scope;
import org.medtransformers.gateway.peer.Peer;
import org.medtransformers.gateway.peer.Peers;
import org.medtransformers.service.database.Database;

/** Looks at trained models, and has the eval-service use them. */
@Singleton
public final class Models {
  private final Database database;
  private final RunReferences references;
  private final Peers peers;
  private final GatewayConfig.Peers limits;
  private final Access access;

  Models(
      Database database,
      RunReferences references,
      Peers peers,
      GatewayConfig config,
      Access access) {
    this.access = access;
    this.database = database;
    this.references = references;
    this.peers = peers;
    this.limits = config.peers();
  }

  /**
   * One page, the newest first.
   *
   * @param part of the name, in small letters or large; empty for all
   */
  public ModelPage page(String part, int page, int size) {
    return database.inTransaction(
        () -> {
          String like = "%" + part.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
          PanacheQuery<RunEntity> found = RunEntity.models(like, access.scope());
          return new ModelPage(
              views(found.page(Page.of(page, size)).list()), page, size, found.count());
        });
  }

  private List<ModelView> views(List<RunEntity> found) {
    Map<String, RunReference> byId =
        references
            .of(found.stream().map(run -> run.id.toString()).toList(), access.scope())
            .stream()
            .collect(Collectors.toMap(RunReference::id, Function.identity()));
    return found.stream().map(run -> ModelView.of(run, byId.get(run.id.toString()))).toList();
  }

  /**
   * One model.
   *
   * @param name of a run that trained one, or of a model, which means the latest
   * @throws MedtransException {@link ErrorCode#NOT_FOUND} where there is none
   */
  public ModelDetail get(String name) {
    return database.inTransaction(
        () -> {
          Scope scope = access.scope();
          RunEntity run = trained(name);
          List<RunEntity> namesakes =
              RunEntity.namesakes(run, scope).page(Page.of(0, RunReferences.MOST)).list();
          return new ModelDetail(
              views(List.of(run)).get(0),
              references.using(run.id, false, scope),
              references.using(run.id, true, scope),
              references.of(namesakes.stream().map(other -> other.id.toString()).toList(), scope));
        });
  }

  /** What the model says of an image; throws also as the eval-service refuses it. */
  public ImagePrediction predict(String name, InputStream image, boolean attention) {
    byte[] answer =
        peers.forward(
            Peer.EVAL, path(name) + "/predictions?attention=" + attention, image, limits.work());
    return Json.read(new String(answer, UTF_8), ImagePrediction.class);
  }

  /**
   * The model as a file for other programs, as it comes; whoever reads it closes its body.
   *
   * @param format {@code safetensors} or {@code torchscript}
   */
  public HttpResponse<InputStream> export(String name, String format) {
    return peers.open(Peer.EVAL, path(name) + "/export?format=" + format);
  }

  private String path(String name) {
    UUID id = database.inTransaction(() -> trained(name).id);
    return "/api/v1/models/" + id;
  }

  /** A run that only tested a model leads to the one that trained it, where that is known here. */
  private RunEntity trained(String name) {
    Scope scope = access.scope();
    RunEntity run = NamedRuns.find(name, scope).orElseThrow(() -> unknown(name));
    if (run.testedModel != null && run.sourceRunId != null) {
      run = RunEntity.byId(run.sourceRunId, scope).orElseThrow(() -> unknown(name));
    }
    if (run.checkpoint == null || run.testedModel != null || run.prepared == null) {
      throw unknown(name);
    }
    return run;
  }

  private static MedtransException unknown(String name) {
    return MedtransException.of(
        ErrorCode.NOT_FOUND, "there is no model %s: no run has trained it here".formatted(name));
  }
}
