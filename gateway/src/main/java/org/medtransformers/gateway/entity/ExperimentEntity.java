package org.medtransformers.gateway.entity;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.medtransformers.contracts.access.Sharing;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.ExperimentResult;
import org.medtransformers.contracts.result.ExperimentState;

/** An accepted experiment. */
@Entity
@Table(name = "experiment")
public class ExperimentEntity extends PanacheEntityBase {
  @Id public UUID id;

  public String name;

  @Enumerated(EnumType.STRING)
  public ExperimentState state;

  /** As it was given. */
  public String document;

  @Convert(converter = JsonText.Texts.class)
  public List<String> notices;

  /** Of the client's request, so that repeating it has no second effect; null without. */
  @Column(name = "idempotency_key")
  public String idempotencyKey;

  @Column(name = "request_sha256")
  public String requestSha256;

  /** The person that it belongs to. */
  public String owner;

  /** The team that it belongs to. */
  public String team;

  /** Who may see it besides that person. */
  @Enumerated(EnumType.STRING)
  public Sharing sharing = Sharing.TEAM;

  public boolean starred;
  public boolean archived;

  @Convert(converter = JsonText.Texts.class)
  public List<String> tags = List.of();

  /** {@link #tags} as they are kept, to search in. */
  @Column(name = "tags", insertable = false, updatable = false)
  String tagList;

  /** What somebody has written down of it. */
  public String note = "";

  /** Kinds of data sets that its runs have, each once. */
  @Convert(converter = JsonText.Texts.class)
  public List<String> datasets = List.of();

  /** {@link #datasets} as they are kept, to search in. */
  @Column(name = "datasets", insertable = false, updatable = false)
  String datasetList;

  @Column(name = "created_at")
  public Instant createdAt;

  /** Null while it runs. */
  @Column(name = "ended_at")
  public Instant endedAt;

  /**
   * The experiment with the id {@code id}.
   *
   * @throws MedtransException {@code NOT_FOUND} where {@code scope} has none
   */
  public static ExperimentEntity require(String id, Scope scope) {
    return Ids.parse(id)
        .flatMap(key -> ExperimentEntity.<ExperimentEntity>findByIdOptional(key))
        .filter(scope::contains)
        .orElseThrow(() -> unknown(id));
  }

  /** That there is none, or that it is not to be seen, which is the same. */
  public static MedtransException unknown(String id) {
    return MedtransException.of(ErrorCode.NOT_FOUND, "there is no experiment " + id);
  }

  /** The experiment, locked until the transaction ends; whoever changes a run holds this lock. */
  public static Optional<ExperimentEntity> lock(UUID id) {
    return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
  }

  public static Optional<ExperimentEntity> byIdempotencyKey(String key) {
    return find("idempotencyKey", key).firstResultOptional();
  }

  public ExperimentResult.Summary summary() {
    return new ExperimentResult.Summary(id.toString(), name, state, createdAt);
  }
}
