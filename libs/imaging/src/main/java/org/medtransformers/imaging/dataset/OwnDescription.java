package org.medtransformers.imaging.dataset;

import java.util.List;
import java.util.Objects;
import org.medtransformers.contracts.config.OwnData;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Describes a data set for which nobody has published channels, mean and target metric. */
final class OwnDescription {
  private OwnDescription() {}

  /**
   * @param key of {@code data} below {@code medtrans}
   * @param data what the run's file says, or null
   * @param channels where it does not say
   * @param metric likewise
   */
  static DatasetDescription of(
      DatasetSource source,
      String key,
      OwnData data,
      List<String> classes,
      Task task,
      int channels,
      TargetMetric metric,
      DatasetFolder folder) {
    int planes = data == null || data.channels() == null ? channels : data.channels();
    return new DatasetDescription(
        source.name().label(),
        classes,
        task,
        planes,
        perChannel("medtrans." + key + ".mean", data == null ? null : data.mean(), planes),
        perChannel("medtrans." + key + ".std", data == null ? null : data.std(), planes),
        metric("medtrans." + key, data == null ? null : data.targetMetric(), task, metric),
        folder.isSynthetic());
  }

  /** The numbers of the run's file; none, to be computed from the training images, without. */
  private static List<Double> perChannel(String path, List<Double> given, int channels) {
    List<Double> values = Objects.requireNonNullElse(given, List.of());
    if (!values.isEmpty() && values.size() != channels) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "%s: found %s, allowed: one number for each of %d channels"
              .formatted(path, values, channels));
    }
    return values;
  }

  private static TargetMetric metric(
      String path, TargetMetric given, Task task, TargetMetric usual) {
    TargetMetric metric = given == null ? usual : given;
    if (!TargetMetric.allowed(task).contains(metric)) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "%s.target_metric: found %s, allowed for this data set (%s): %s"
              .formatted(
                  path,
                  metric.key(),
                  task,
                  TargetMetric.allowed(task).stream().map(TargetMetric::key).toList()));
    }
    return metric;
  }
}
