package org.medtransformers.data.entity;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.loader.LoaderSpec;

/** A loader that some replica was told of. */
@Entity
@Table(name = "loader")
public class LoaderEntity extends PanacheEntityBase {
  /** Hash of the description. */
  @Id public String id;

  @Column(name = "prepared_id")
  public String preparedId;

  /** JSON of {@link LoaderSpec}. */
  public String spec;

  @Column(name = "created_at")
  public Instant createdAt;

  public LoaderSpec spec() {
    return Json.read(spec, LoaderSpec.class);
  }
}
