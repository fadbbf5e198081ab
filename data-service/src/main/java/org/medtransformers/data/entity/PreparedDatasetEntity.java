package org.medtransformers.data.entity;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.data.PreparedDataset;

/** A data set that some replica has prepared. */
@Entity
@Table(name = "prepared_dataset")
public class PreparedDatasetEntity extends PanacheEntityBase {
  @Id public String id;

  /** As in the experiment file. */
  public String name;

  /** JSON of {@link PreparedDataset}. */
  public String dataset;

  @Column(name = "prepared_at")
  public Instant preparedAt;

  public PreparedDataset dataset() {
    return Json.read(dataset, PreparedDataset.class);
  }

  /** One page, the newest first. */
  public static List<PreparedDatasetEntity> newest(int page, int size) {
    return findAll(Sort.descending("preparedAt").and("id")).page(Page.of(page, size)).list();
  }
}
