package org.medtransformers.gateway.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.config.DatasetTitle;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.SplitKind;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.UsedSplit;
import org.medtransformers.gateway.entity.RunEntity;

/**
 * Which runs are one column of the table, and what it is called. A column is a data set: what was
 * prepared and how it was divided, by the hashes that preparing it has left; the folds of one
 * scheme are one column, however often the images were divided into them; each fraction of the
 * training images is a column of its own. Of a run whose data are not prepared the plan is known,
 * which is that of other runs perhaps.
 */
final class Columns {
  private static final int SHORT_HASH = 8;

  /** What makes the data of two runs the same. */
  private record Identity(String title, String data, String division, TargetMetric metric) {
    String hash() {
      return Sha256.of(toString()).substring(0, SHORT_HASH);
    }
  }

  private final Map<Plan, Identity> prepared = new HashMap<>();
  private final Map<Identity, List<RunEntity>> runs = new LinkedHashMap<>();
  private final Map<UUID, String> experiments;
  private final Map<Identity, String> names = new LinkedHashMap<>();
  private final Map<Part, String> headings = new HashMap<>();

  /** A data set, and how much of its training images is used. */
  private record Part(Identity set, double trainFraction) {}

  /**
   * The columns of {@code runs}.
   *
   * @param experiments the names of those that are compared, by their ids
   */
  Columns(List<RunEntity> runs, Map<UUID, String> experiments) {
    this.experiments = experiments;
    runs.stream()
        .filter(run -> run.prepared != null)
        .forEach(run -> prepared.putIfAbsent(Plan.of(run), identity(run, run.prepared)));
    runs.forEach(
        run -> this.runs.computeIfAbsent(identity(run), column -> new ArrayList<>()).add(run));
    name();
    head(runs);
  }

  /** The heading of {@code run}'s column; of a run that has none, what its file calls its data. */
  String of(RunEntity run) {
    return headings.getOrDefault(
        part(run), set(run) + DatasetTitle.fraction(run.file().config().trainFraction()));
  }

  /** What its data set is called, however much of the training images is used. */
  String set(RunEntity run) {
    Identity column = identity(run);
    return names.getOrDefault(column, column.title());
  }

  private Part part(RunEntity run) {
    return new Part(identity(run), run.file().config().trainFraction());
  }

  private void head(List<RunEntity> all) {
    Set<String> taken = new HashSet<>(names.values());
    for (Part part : all.stream().map(this::part).distinct().toList()) {
      String name = names.get(part.set());
      String heading = name + DatasetTitle.fraction(part.trainFraction());
      boolean unique = heading.equals(name) || taken.add(heading);
      headings.put(part, unique ? heading : heading + " (" + part.set().hash() + ")");
    }
  }

  private Identity identity(RunEntity run) {
    if (run.prepared != null) {
      return identity(run, run.prepared);
    }
    Plan plan = Plan.of(run);
    return prepared.getOrDefault(plan, new Identity(plan.title(), plan.toString(), "", null));
  }

  private static Identity identity(RunEntity run, PreparedDataset data) {
    Plan plan = Plan.of(run);
    Optional<UsedSplit> split = Optional.ofNullable(data.split());
    String whole = plan.folds() == null ? data.id() : plan.toString();
    String parts =
        split.map(s -> Objects.requireNonNullElse(s.heldOut(), s.sha256())).orElse(data.id());
    return new Identity(
        plan.title(),
        split.map(UsedSplit::data).orElse(whole),
        plan.folds() == null ? parts : plan.folds() + " folds",
        data.description().targetMetric());
  }

  private void name() {
    Map<String, List<Identity>> byTitle =
        runs.keySet().stream()
            .collect(
                Collectors.groupingBy(Identity::title, LinkedHashMap::new, Collectors.toList()));
    byTitle.forEach((title, sharing) -> names.putAll(named(title, sharing)));
    Set<String> taken = new HashSet<>();
    names.replaceAll((column, name) -> taken.add(name) ? name : name + " (" + column.hash() + ")");
  }

  /** By what tells those apart that share a title: their divisions, experiments or hashes. */
  private Map<Identity, String> named(String title, List<Identity> sharing) {
    if (sharing.size() == 1) {
      return Map.of(sharing.get(0), title);
    }
    for (Function<Identity, Optional<String>> distinction :
        List.<Function<Identity, Optional<String>>>of(this::scheme, this::experiment)) {
      Map<Identity, String> found = new HashMap<>();
      sharing.forEach(
          column ->
              distinction
                  .apply(column)
                  .ifPresent(more -> found.put(column, title + " (" + more + ")")));
      if (Set.copyOf(found.values()).size() == sharing.size()) {
        return found;
      }
    }
    return sharing.stream()
        .collect(Collectors.toMap(c -> c, column -> title + " (" + column.hash() + ")"));
  }

  /** {@code grouped}, {@code 5 folds}. */
  private Optional<String> scheme(Identity column) {
    RunEntity any = runs.get(column).get(0);
    Plan plan = Plan.of(any);
    return plan.folds() != null
        ? Optional.of(plan.folds() + " folds")
        : Optional.ofNullable(any.prepared)
            .map(PreparedDataset::split)
            .map(UsedSplit::kind)
            .or(() -> Optional.ofNullable(plan.kind()).map(SplitKind::label));
  }

  /** The name of the only experiment that has runs in {@code column}. */
  private Optional<String> experiment(Identity column) {
    Set<UUID> of = runs.get(column).stream().map(r -> r.experimentId).collect(Collectors.toSet());
    return of.size() == 1
        ? Optional.ofNullable(experiments.get(of.iterator().next()))
        : Optional.empty();
  }

  /**
   * What a run's file says of its data, but for what is made of the images and for the round of a
   * cross-validation.
   *
   * @param source data set, location and what describes it
   * @param folds null where there are none
   * @param seed of the division; null with folds
   */
  private record Plan(
      String title,
      List<String> source,
      SplitKind kind,
      List<Double> fractions,
      Integer folds,
      Long seed,
      String groupColumn) {
    static Plan of(RunEntity run) {
      RunConfig config = run.file().config();
      RunConfig.Medtrans own = config.medtrans();
      List<String> source =
          List.of(
              config.dataset().dataset().label(),
              config.dataset().dataLocation(),
              String.valueOf(own.ddsm()),
              String.valueOf(own.medmnist()),
              String.valueOf(own.imageFolder()),
              String.valueOf(own.dicom()),
              String.valueOf(own.csv()));
      RunConfig.Split split = own.split();
      String title = DatasetTitle.of(config);
      if (split == null) {
        return new Plan(title, source, null, null, null, null, null);
      }
      boolean rounds = split.crossValidates();
      return new Plan(
          title,
          source,
          split.kind(),
          split.fractions(),
          rounds ? split.folds() : null,
          rounds ? null : split.seed(),
          split.groupColumn());
    }
  }
}
