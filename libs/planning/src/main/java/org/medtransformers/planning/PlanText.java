package org.medtransformers.planning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.medtransformers.contracts.comparison.ComparisonPlan;
import org.medtransformers.contracts.comparison.ComparisonPlan.Arm;
import org.medtransformers.contracts.comparison.ComparisonPlan.Choice;
import org.medtransformers.contracts.comparison.ComparisonPlan.Part;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.contracts.comparison.Question;
import org.medtransformers.contracts.config.Backbone;

/**
 * What was planned, in words and as an experiment file.
 *
 * @param published whether published weights are at hand for both networks
 */
record PlanText(Facts facts, Workload load, int epochs, int repetitions, boolean published) {
  private static final double UNLIKE = 1.5;
  private static final double UNUSED = 0.85;
  private static final double FROM_PUBLISHED = 1e-4;

  ComparisonPlan plan() {
    MetricRule metric = MetricRule.of(look());
    String name =
        Objects.requireNonNullElseGet(
            facts.request().options().name(),
            () -> Document.printable("compare " + look().title()));
    int phases = load.beginnings().contains(Beginning.DINO) ? 1 : 0;
    return new ComparisonPlan(
        name,
        look(),
        choices(metric),
        arms(),
        2 * (load.beginnings().size() + phases) * load.runs(repetitions),
        time(),
        notices(),
        document(name, metric));
  }

  private DataLook look() {
    return facts.look();
  }

  private Pair pair() {
    return load.pair();
  }

  private ObjectNode document(String name, MetricRule metric) {
    Map<String, Object> medtrans = Document.ordered();
    look().dataset().ownKey().ifPresent(key -> medtrans.put(key, Document.judged(look(), metric)));
    if (!load.division().split().isEmpty()) {
      medtrans.put("split", load.division().split());
    }
    double every = epochs > Workload.VALIDATIONS ? (double) epochs / Workload.VALIDATIONS : 1;
    Document.Training training =
        new Document.Training(
            pair().size(), pair().cnn().batch(), epochs, load.iterations(), every, repetitions);
    List<Map<String, Object>> networks =
        pair()
            .networks()
            .map(n -> Document.entry(n.backbone().label(), Document.network(n)))
            .toList();
    List<Map<String, Object>> beginnings = load.beginnings().stream().map(this::entry).toList();
    return new Document(look(), name)
        .of(
            training,
            beginnings.size() == 1 ? List.of(networks) : List.of(beginnings, networks),
            medtrans);
  }

  private Map<String, Object> entry(Beginning beginning) {
    return switch (beginning) {
      case RANDOM -> Document.ordered("label", beginning.label());
      case PRETRAINED ->
          Document.entry(
              beginning.label(),
              Document.ordered(
                  "model_params.pretrained", true, Document.LEARNING_RATE, FROM_PUBLISHED));
      case DINO ->
          Document.ordered(
              "label",
              beginning.label(),
              "phases",
              List.of(
                  Document.ordered("method", "dino", "set", Document.dino(pair().size(), epochs)),
                  Document.ordered("method", "supervised")));
    };
  }

  private List<Choice> choices(MetricRule metric) {
    List<Choice> all = new ArrayList<>();
    all.add(
        new Choice(
            "data set",
            look().dataset().label(),
            look().recognised(),
            "an experiment file (docs/data-sets.md)"));
    all.add(load.division().choice());
    all.add(metric.choice());
    all.add(networks());
    all.add(size());
    all.add(
        new Choice(
            "batch",
            pair().cnn().batch() + " images",
            "32; smaller where an epoch would have fewer than ten",
            "dataloader_params in the file"));
    all.add(beginnings());
    all.add(length());
    all.add(
        new Choice(
            "seeds",
            repetitions + " for each arm",
            "three; more only where time is left when trainings are as long as they get",
            "--repetitions"));
    return all;
  }

  private Choice networks() {
    return new Choice(
        "networks",
        "%s, and %s with patches of %d pixels"
            .formatted(
                pair().cnn().backbone().label(),
                pair().transformer().backbone().label(),
                pair().transformer().patch()),
        "a CNN, and of the transformers that were measured the one nearest in time: %.2f times"
            .formatted(pair().ratio()),
        "model_params in the file");
  }

  private Choice size() {
    String rule =
        facts.request().options().imageSize() != null
            ? "as asked for"
            : "the largest up to the images' own %d pixels that leaves time to learn"
                .formatted(look().medianSide());
    return new Choice("image size", pair().size() + " pixels", rule, "--image-size");
  }

  private Choice beginnings() {
    String arms = String.join(", ", load.beginnings().stream().map(Beginning::label).toList());
    return new Choice(
        "beginnings",
        arms,
        "random always; as far as the time goes ImageNet where both networks' weights are at hand, then DINO",
        "--question architecture, or experiment.matrix in the file");
  }

  private Choice length() {
    Epochs bounds = Epochs.of(load.iterations());
    return new Choice(
        "length",
        "%d epochs of %d iterations".formatted(epochs, load.iterations()),
        "what the time leaves, between %d and %d epochs; the same for all; no early stop"
            .formatted(bounds.least(), bounds.most()),
        "--time, or training_params.epochs in the file");
  }

  private List<Arm> arms() {
    return load.beginnings().stream()
        .flatMap(
            beginning ->
                pair()
                    .networks()
                    .map(
                        n ->
                            new Arm(
                                n.backbone().label(),
                                beginning.label(),
                                load.runs(repetitions),
                                epochs,
                                load.run(n, beginning, epochs))))
        .toList();
  }

  private ComparisonPlan.Time time() {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("looking at the data and measuring", facts.spent()));
    parts.add(new Part("preparing the images", load.preparing()));
    for (Arm arm : arms()) {
      parts.add(
          new Part(
              "%s, %s: %d runs".formatted(arm.backbone(), arm.initialisation(), arm.runs()),
              arm.runs() * arm.secondsPerRun()));
    }
    double planned = parts.stream().mapToDouble(Part::seconds).sum();
    return new ComparisonPlan.Time(
        facts.given(), planned, pair().speed(pair().cnn()).machine(), parts);
  }

  private List<String> notices() {
    List<String> notices = new ArrayList<>(DataRules.notices(look()));
    if (pair().ratio() > UNLIKE) {
      notices.add(
          "the networks are not of equal cost: one takes %.1f times as long; smaller or larger ones"
                  .formatted(pair().ratio())
              + " are chosen in the file");
    }
    if (facts.request().question() == Question.ALL && !published) {
      notices.add("no arm begins with ImageNet: " + withoutPublished());
    }
    double planned = time().planned();
    if (planned < UNUSED * facts.given()) {
      notices.add(
          "the plan takes %s of %s: longer trainings%s would hardly say more"
              .formatted(
                  ComparisonPlan.duration(planned),
                  ComparisonPlan.duration(facts.given()),
                  facts.request().options().repetitions() == null ? " or more seeds" : ""));
    }
    return notices;
  }

  private String withoutPublished() {
    Integer size = facts.request().options().imageSize();
    return Sizes.fitsPublished(size)
        ? "the published weights of %s and %s are not both at hand (docs/weights.md)"
            .formatted(Backbone.RESNET18.label(), Backbone.DEIT_TINY.label())
        : "images of %d pixels are too small for patches of %d, which the published weights have; from %d pixels on they fit"
            .formatted(size, Sizes.PUBLISHED_PATCH, Sizes.BEGINNING);
  }
}
