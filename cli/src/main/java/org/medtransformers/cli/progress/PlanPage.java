package org.medtransformers.cli.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medtransformers.contracts.comparison.ComparisonPlan;
import org.medtransformers.contracts.comparison.DataLook;

/** What a comparison would run, on a page. */
public final class PlanPage {
  private static final int MOST_CLASSES = 10;

  private PlanPage() {}

  /** The page, each line ended. */
  public static String render(ComparisonPlan plan) {
    return "%s%n%n%s%n%s%n%s%n%s"
        .formatted(
            Columns.printable(headline(plan)),
            data(plan.data()),
            choices(plan.choices()),
            arms(plan.arms()),
            time(plan.time()));
  }

  private static String headline(ComparisonPlan plan) {
    return "%s: %d runs, planned %s of %s"
        .formatted(
            plan.name(),
            plan.runs(),
            ComparisonPlan.duration(plan.time().planned()),
            ComparisonPlan.duration(plan.time().given()));
  }

  private static String data(DataLook data) {
    int classes = data.classes().size();
    String shown =
        IntStream.range(0, Math.min(classes, MOST_CLASSES))
            .mapToObj(c -> data.classes().get(c) + " " + data.classCounts().get(c))
            .collect(Collectors.joining(", "));
    String more = classes > MOST_CLASSES ? " and %d more".formatted(classes - MOST_CLASSES) : "";
    String groups =
        data.groups() == 0
            ? "no patients or lesions known"
            : data.groups() + " patients or lesions";
    return "Data: %d images of %d pixels, %s; %s%n"
        .formatted(data.images(), data.medianSide(), groups, Columns.printable(shown) + more);
  }

  private static String choices(List<ComparisonPlan.Choice> choices) {
    List<List<String>> rows = new ArrayList<>();
    for (ComparisonPlan.Choice choice : choices) {
      rows.add(List.of(choice.what(), Columns.printable(choice.value())));
      rows.add(List.of("", "  because: " + Columns.printable(choice.rule())));
      rows.add(List.of("", "  otherwise: " + choice.change()));
    }
    return "Choices:%n%s".formatted(Columns.render(rows));
  }

  private static String arms(List<ComparisonPlan.Arm> arms) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("model", "begins with", "runs", "epochs", "each"));
    arms.forEach(
        arm ->
            rows.add(
                List.of(
                    arm.backbone(),
                    arm.initialisation(),
                    String.valueOf(arm.runs()),
                    String.valueOf(arm.epochs()),
                    ComparisonPlan.duration(arm.secondsPerRun()))));
    return Columns.render(rows);
  }

  private static String time(ComparisonPlan.Time time) {
    List<List<String>> rows = new ArrayList<>();
    time.parts()
        .forEach(part -> rows.add(List.of(part.what(), ComparisonPlan.duration(part.seconds()))));
    rows.add(List.of("all", ComparisonPlan.duration(time.planned())));
    return "Time, as measured on %s:%n%s".formatted(time.machine(), Columns.render(rows));
  }
}
