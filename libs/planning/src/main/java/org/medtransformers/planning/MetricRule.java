package org.medtransformers.planning;

import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.medtransformers.contracts.comparison.ComparisonPlan.Choice;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;

/**
 * By what models are judged.
 *
 * @param asked whether the file has to say so, because the kind of data set is judged otherwise
 */
record MetricRule(TargetMetric metric, boolean asked, Choice choice) {
  private static final Pattern GRADE =
      Pattern.compile(
          "(?i)(grade|stage|level|degree|severity|score|kl|kellgren.?lawrence)[ _.-]?\\d{1,2}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,2}");

  static MetricRule of(DataLook look) {
    if (look.dataset() != DatasetName.IMAGE_FOLDER && look.dataset() != DatasetName.CSV) {
      return usual(look, "what " + look.dataset() + " is judged by");
    }
    return switch (look.task()) {
      case BINARY -> usual(look, "two classes: independent of a threshold and of their shares");
      case MULTI_LABEL -> usual(look, "several findings: mean over them");
      case MULTI_CLASS -> severalClasses(look);
    };
  }

  private static MetricRule severalClasses(DataLook look) {
    if (areGrades(look.classes())) {
      return new MetricRule(
          TargetMetric.COHEN_KAPPA,
          true,
          choice(
              look,
              TargetMetric.COHEN_KAPPA,
              "the classes are grades: an answer far off counts more (quadratic weights)"));
    }
    String numbers =
        look.classes().stream().allMatch(name -> NUMBER.matcher(name).matches())
            ? "; if these numbers are grades, cohen_kappa is the right one"
            : "";
    return usual(
        look,
        "every class counts alike, though the largest has %s times the images of the smallest"
                .formatted(imbalance(look.classCounts()))
            + numbers);
  }

  /** Whether they are called so and their order is that of their numbers, which kappa weighs by. */
  private static boolean areGrades(List<String> classes) {
    return classes.stream().allMatch(name -> GRADE.matcher(name).matches())
        && IntStream.range(1, classes.size())
            .allMatch(i -> number(classes.get(i - 1)) < number(classes.get(i)));
  }

  private static int number(String grade) {
    return Integer.parseInt(grade.replaceFirst("\\D*", ""));
  }

  private static MetricRule usual(DataLook look, String rule) {
    return new MetricRule(look.metric(), false, choice(look, look.metric(), rule));
  }

  private static Choice choice(DataLook look, TargetMetric metric, String rule) {
    String change =
        look.dataset()
            .ownKey()
            .map(key -> "medtrans.%s.target_metric in the file".formatted(key))
            .orElse("only as folders or CSV");
    return new Choice("metric", title(metric, look.task()), rule, change);
  }

  private static String title(TargetMetric metric, Task task) {
    return switch (metric) {
      case COHEN_KAPPA -> "cohen_kappa (quadratic weights)";
      case ROC_AUC -> "roc_auc";
      case RECALL ->
          task == Task.MULTI_CLASS ? "recall (macro, that is balanced accuracy)" : "recall";
    };
  }

  /** Such as 1.5. */
  static String imbalance(List<Integer> counts) {
    double times = (double) Collections.max(counts) / Math.max(1, Collections.min(counts));
    return times < 10 ? String.valueOf(Math.round(10 * times) / 10.0) : "" + Math.round(times);
  }
}
