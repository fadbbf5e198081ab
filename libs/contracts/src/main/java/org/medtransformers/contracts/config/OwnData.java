package org.medtransformers.contracts.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.medtransformers.contracts.data.TargetMetric;

/** What a data set cannot say of itself; each null where the file leaves it open. */
public sealed interface OwnData {
  /** Folder below {@code data_location}. */
  String folder();

  /** 1 or 3. */
  Integer channels();

  /** Per channel, of pixels scaled to [0, 1]. */
  List<Double> mean();

  /** Likewise. */
  List<Double> std();

  TargetMetric targetMetric();

  /** {@code file} is the name of an npz file of MedMNIST. */
  record MedMnist(
      String file,
      String folder,
      Integer channels,
      List<Double> mean,
      List<Double> std,
      @JsonProperty("target_metric") TargetMetric targetMetric)
      implements OwnData {}

  /**
   * {@code classes} are the names of classes in the order of their numbers; null: in their own.
   * {@code labels} is null where the folders show whether there are any.
   */
  record ImageFolder(
      List<String> classes,
      FolderLabels labels,
      String folder,
      Integer channels,
      List<Double> mean,
      List<Double> std,
      @JsonProperty("target_metric") TargetMetric targetMetric)
      implements OwnData {}

  /** {@code csv} is the label file; {@code groupColumn} names patients, null where it is absent. */
  record Dicom(
      String csv,
      @JsonProperty("id_column") String idColumn,
      @JsonProperty("label_column") String labelColumn,
      @JsonProperty("group_column") String groupColumn,
      @JsonProperty("subgroup_columns") List<String> subgroupColumns,
      List<String> classes,
      String folder,
      Integer channels,
      List<Double> mean,
      List<Double> std,
      @JsonProperty("target_metric") TargetMetric targetMetric)
      implements OwnData {}

  /**
   * With one label column an image shows the class it names, with several those that are 1. Where
   * {@code unlabelled} is true, one without a class is an image without a label.
   */
  record Csv(
      String file,
      @JsonProperty("image_column") String imageColumn,
      @JsonProperty("label_columns") List<String> labelColumns,
      boolean unlabelled,
      @JsonProperty("group_column") String groupColumn,
      @JsonProperty("subgroup_columns") List<String> subgroupColumns,
      List<String> classes,
      String folder,
      Integer channels,
      List<Double> mean,
      List<Double> std,
      @JsonProperty("target_metric") TargetMetric targetMetric)
      implements OwnData {}
}
