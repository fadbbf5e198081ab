package org.medtransformers.gateway.report.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.document.Block.Figure;
import org.medtransformers.gateway.document.Block.Picture;
import org.medtransformers.gateway.document.HtmlWriter;
import org.medtransformers.gateway.document.LatexWriter;
import org.medtransformers.gateway.document.MarkdownWriter;
import org.medtransformers.gateway.document.PlainTemplates;
import org.medtransformers.gateway.fakes.Documents;

class ExperimentReportTest {
  private static final HtmlWriter HTML = PlainTemplates.html();
  private static final byte[] PNG = {1};
  private static final String SCRIPT = "<script>alert('x')</script>";

  private static Document page(Study study) {
    return Jsoup.parse(HTML.write(ExperimentReport.of(study)));
  }

  private static String section(Document page, String id) {
    Element section = page.getElementById(id);
    assertTrue(section != null, () -> "no section " + id);
    return section.text();
  }

  private static void assertHas(String text, String part) {
    assertTrue(text.contains(part), () -> "no «" + part + "» in\n" + text);
  }

  @Test
  void sectionsComeInTheOrderOfAReader() {
    Document page = page(TestStudy.comparison(3).study());
    assertEquals(
        List.of("verdict", "data", "methods", "results", "limits", "claim", "reproduction"),
        page.select("main > section").eachAttr("id"));
    assertEquals(
        page.select("main > section").eachAttr("id"),
        page.select("nav a").eachAttr("href").stream().map(h -> h.substring(1)).toList());
    assertEquals("comparison", page.select("h1").text());
  }

  @Test
  void thePageNeedsNothingBesideItself() {
    TestStudy study = TestStudy.comparison(3);
    study.figures = List.of(new Figure("roc", "ROC", "n = 60", "<svg/>", "a,b\n", () -> PNG));
    Document page = page(study.study());
    assertEquals(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        page.select("meta[http-equiv=Content-Security-Policy]").attr("content"));
    assertTrue(page.select("script, link, iframe, object, embed").isEmpty());
    assertTrue(page.select("a[href]").eachAttr("href").stream().allMatch(h -> h.startsWith("#")));
    assertEquals(1, page.select("img").size());
    assertTrue(
        page.select("img").eachAttr("src").stream().allMatch(s -> s.startsWith("data:image/")));
    assertEquals(List.of("ROC. n = 60"), page.select("img").eachAttr("alt"));
    String style = page.select("style").html();
    assertFalse(style.contains("url("));
    assertFalse(style.contains("@import"));
    assertHas(style, "prefers-color-scheme: dark");
    assertHas(style, "table-header-group");
  }

  @Test
  void everyNumberOfTheComparisonIsThere() {
    Study study = TestStudy.comparison(3).study();
    String text = page(study).text().replace('−', '-');
    List<String> missing = new ArrayList<>();
    numbers("", Json.tree(study.comparison()), text, missing);
    assertEquals(List.of(), missing);
  }

  private static void numbers(String path, JsonNode node, String text, List<String> missing) {
    if (node.isNumber()) {
      if (shown(node).stream().noneMatch(text::contains)) {
        missing.add(path + " " + node);
      }
    } else if (node.isObject()) {
      node.properties().forEach(e -> numbers(path + "/" + e.getKey(), e.getValue(), text, missing));
    } else {
      node.forEach(child -> numbers(path + "/", child, text, missing));
    }
  }

  /** As the rule of rounding lets it be written. */
  private static List<String> shown(JsonNode number) {
    double value = number.doubleValue();
    if (number.isIntegralNumber()) {
      return List.of(String.format(Locale.ROOT, "%,d", number.longValue()));
    }
    return value == 1
        ? List.of("> 0.999")
        : value == 0
            ? List.of("< 0.001")
            : List.of(
                String.format(Locale.ROOT, "%.3f", value),
                String.format(Locale.ROOT, "%.4f", value),
                Double.toString(value));
  }

  @Test
  void namesCannotBreakOutOfAnyForm() {
    TestStudy study = TestStudy.comparison(3);
    study.classes = List.of(SCRIPT, "=1+1", "a|b \\input{x} $ \u202E");
    Study made = study.study();
    Document page = page(made);
    assertTrue(page.select("script").isEmpty());
    assertHas(section(page, "data"), SCRIPT);
    assertFalse(page.text().contains("\u202E"));
    String latex = LatexWriter.write(ExperimentReport.of(made));
    assertHas(latex, "a|b \\textbackslash{}input\\{x\\} \\$ \uFFFD");
    assertFalse(latex.contains("\\input{"));
    String markdown = MarkdownWriter.write(ExperimentReport.of(made));
    assertHas(markdown, "\\<script\\>");
    assertFalse(markdown.replace("\\<", "").contains("<"));
    assertHas(markdown, "a\\|b");
  }

  @Test
  void whatDiffersBetweenModelsIsToldOfEach() {
    ObjectNode document = Documents.comparison("demo");
    ObjectNode other = (ObjectNode) document.at("/experiment/matrix/0/1/set");
    other.put("optimization_params.default.optimizer.params.lr", 0.002);
    String methods = section(page(new TestStudy(document).study()), "methods");
    assertHas(methods, "For resnet18: The optimizer was AdamW (learning rate 0.0005,");
    assertHas(methods, "For deit_tiny: The optimizer was AdamW (learning rate 0.002,");
    // The same of both is said once.
    assertEquals(1, methods.split("Training took 10 epochs", -1).length - 1);
  }

  @Test
  void methodsSayWhatTheFilesSay() {
    String methods = section(page(TestStudy.comparison(3).study()), "methods");
    for (String said :
        List.of(
            "6 runs of resnet18 (random) and deit_tiny (random), with the seeds 0, 1 and 2",
            "each in one of 3 classes (No DR, Mild and Moderate)",
            "divided into 210 images for training, 60 for validation and 60 for testing",
            "resized to 72 × 72 pixels (bilinear, antialiased), cropped at random to 80 to 120 % of the area",
            "flipped vertically with probability 0.5",
            "in patches of 8 × 8 pixels",
            "All weights were drawn at random",
            "cross-entropy over 3 classes",
            "weight decay 0.01, betas 0.9 and 0.999, eps 1e-8",
            "gradients were clipped to a total norm of 1",
            "LinearWarmup (warmup epochs 0, warmup iters 20), then CosineAnnealingLR (eta min 1e-6)",
            "10 epochs in batches of 32 images",
            "32-bit floating point",
            "the one with the best cohen_kappa on the validation images was taken",
            "Cohen's kappa with quadratic weights",
            "10,000 draws",
            "differ by at most 0.01 (the margin)",
            "EPYC, 2 cores, 2 threads, 16 GiB",
            "medtransformers 1.2.3")) {
      assertHas(methods, said);
    }
    assertFalse(methods.contains("null"));
    assertFalse(methods.contains("  "));
  }

  @Test
  void theVerdictIsThatOfTheComparison() {
    Study study = TestStudy.comparison(3).study();
    Document page = page(study);
    assertEquals(study.comparison().verdicts().get(0).sentence(), page.select(".lead").text());
    assertHas(section(page, "verdict"), "n = 60 test images of 60 groups");
    assertTrue(page.select(".warning").isEmpty());
  }

  @Test
  void whatRunsOrHasFailedIsSaidFirst() {
    TestStudy running = TestStudy.comparison(3);
    running.state = ExperimentState.RUNNING;
    Document page =
        page(running.study(run -> run.position > 3 ? RunState.TRAINING : RunState.SUCCEEDED));
    assertHas(
        page.select("main > section > :nth-child(2)").first().text(),
        "still running: of 6 runs not all have ended (2 training)");
    TestStudy failed = TestStudy.comparison(3);
    failed.state = ExperimentState.FAILED;
    page = page(failed.study(run -> run.position == 0 ? RunState.FAILED : RunState.SUCCEEDED));
    assertHas(page.select(".warning").text(), "of 6 runs some have no result (1 failed)");
    assertHas(section(page, "results"), "(2 of 3)");
  }

  @Test
  void beforeAnythingHasEndedThereIsAReport() {
    TestStudy queued = TestStudy.comparison(2);
    queued.state = ExperimentState.RUNNING;
    Document page = page(queued.study(run -> RunState.QUEUED));
    assertHas(section(page, "verdict"), "APTOS2019: nothing has been tested.");
    assertHas(section(page, "data"), "have not been prepared");
  }

  @Test
  void oneModelAloneIsComparedWithNothing() {
    Document page = page(new TestStudy(Documents.single("demo")).study());
    assertHas(
        section(page, "verdict"), "one model (resnet18 (random)), with which nothing is compared");
    assertHas(section(page, "methods"), "No two models were tested against each other.");
  }

  @Test
  void aSearchTellsItsRatesAndComparesNothing() {
    ObjectNode document = Documents.with(Documents.single("demo"), "medtrans.lr_finder", true);
    Documents.with(document, "lr_finder.grid_search_params.resolution", 3);
    Document page = page(new TestStudy(document).study());
    assertHas(section(page, "verdict"), "the best learning rate is");
    assertHas(section(page, "verdict"), "of 3 rates tried");
    assertHas(section(page, "methods"), "no test image was looked at");
    assertFalse(section(page, "methods").contains("the one with the best"));
    assertHas(section(page, "results"), "1.000e-05");
  }

  @Test
  void foldsAreToldAsFolds() {
    TestStudy study =
        TestStudy.comparison(1)
            .with("medtrans.split.kind", "kfold")
            .with("medtrans.split.folds", 3);
    Document page = page(study.study());
    assertHas(section(page, "methods"), "divided into 3 folds of about equal size");
    assertHas(section(page, "results"), "fold 2");
    assertHas(section(page, "data"), "of one round of the cross-validation");
  }

  @Test
  void phasesAreToldOneAfterTheOther() {
    ObjectNode document = Documents.comparison("demo");
    ObjectNode experiment = (ObjectNode) document.at("/experiment");
    experiment.putArray("phases").addObject().put("method", "dino");
    experiment.withArray("phases").addObject().put("method", "supervised");
    String methods = section(page(new TestStudy(document).study()), "methods");
    assertTrue(methods.indexOf("Phase 1") < methods.indexOf("by DINO ("), methods);
    assertTrue(methods.indexOf("by DINO (") < methods.indexOf("Phase 2"), methods);
    assertHas(methods, "in 8 views");
    assertHas(methods, "the weight decay went along a cosine to 0.4");
    assertHas(methods, "the votes of their 200, or a tenth of these where that is less, nearest");
    assertHas(methods, "The backbone was that of the phase before");
  }

  @Test
  void sharesOfTheLabelsAreColumns() {
    ObjectNode document = Documents.comparison("demo");
    ObjectNode experiment = (ObjectNode) document.at("/experiment");
    var axis = experiment.withArray("matrix").addArray();
    for (double share : new double[] {0.5, 1}) {
      axis.addObject()
          .put("label", share + " of them")
          .putObject("set")
          .put("medtrans.split.train_fraction", share);
    }
    Document page = page(new TestStudy(document).study());
    assertHas(section(page, "results"), "50 % of the training images");
    assertHas(section(page, "methods"), "Of the training images 50 % were used");
  }

  @Test
  void theChecklistHasItsItemsAndLeavesToAuthorsWhatIsTheirs() {
    Document page = page(TestStudy.comparison(3).study());
    var rows = page.select("#claim tbody tr");
    assertEquals(44, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      assertEquals(Integer.toString(i + 1), rows.get(i).select("th").text());
      assertFalse(rows.get(i).select("td").last().text().isEmpty());
    }
    assertEquals(Checklist.OPEN, rows.get(43).select("td").last().text());
    assertHas(rows.get(19).text(), "No patient or lesion has images in more than one part.");
  }

  private static String claimed(Document page, int item) {
    return page.select("#claim tbody tr").get(item - 1).select("td").last().text();
  }

  @Test
  void theChecklistClaimsNothingBeforeThereIsAResult() {
    TestStudy failed = TestStudy.comparison(2).with("medtrans.evaluation.attention", 4);
    failed.state = ExperimentState.FAILED;
    Document page = page(failed.study(run -> RunState.FAILED));
    for (int item : new int[] {10, 19, 29, 30, 31, 37, 38, 39}) {
      assertEquals(Checklist.OPEN, claimed(page, item), "item " + item);
    }
  }

  @Test
  void theChecklistClaimsNoSpreadOfOneTraining() {
    Document once = page(TestStudy.comparison(1).study());
    assertEquals(Checklist.OPEN, claimed(once, 30));
    assertEquals("Medians, n and 95 % intervals are in Results.", claimed(once, 38));
    Document twice = page(TestStudy.comparison(2).study());
    assertHas(claimed(twice, 30), "Over seeds: standard deviations in the tables.");
    assertEquals("Medians, spread, n and 95 % intervals are in Results.", claimed(twice, 38));
  }

  @Test
  void aRunThatFailedBeforeItsImagesWerePreparedChangesNoMethod() {
    String whole = section(page(TestStudy.comparison(3).study()), "methods");
    TestStudy failed = TestStudy.comparison(3);
    failed.state = ExperimentState.FAILED;
    String methods =
        section(
            page(failed.study(run -> run.position == 0 ? RunState.FAILED : RunState.SUCCEEDED)),
            "methods");
    assertFalse(methods.contains("The model after the last epoch was taken"), methods);
    assertEquals(paragraphs(whole), paragraphs(methods));
  }

  /** Without the statistics, which are of fewer trainings. */
  private static String paragraphs(String methods) {
    return methods.substring(0, methods.indexOf("Metrics and statistics"));
  }

  @Test
  void whichModelIsTakenIsNotSaidBeforeItIsKnownWhetherThereIsAnythingToChooseBy() {
    TestStudy queued = TestStudy.comparison(2);
    queued.state = ExperimentState.RUNNING;
    Document page = page(queued.study(run -> RunState.QUEUED));
    assertFalse(section(page, "methods").contains("was taken"), section(page, "methods"));
    assertEquals(Checklist.OPEN, claimed(page, 26));
  }

  @Test
  void whatIsCountedIsSaidOfEveryDataSet() {
    TestStudy ungrouped = TestStudy.comparison(3);
    ungrouped.leaking = null;
    Study both = together(TestStudy.comparison(3).study(), ungrouped.study());
    assertHas(Statistics.tests(both), "the number of patients or lesions or images on which");
    assertHas(
        Statistics.intervals(both),
        "resamples of the patients or lesions (an image without one being its own) and the images");
  }

  /** With the runs and the tests of both. */
  private static Study together(Study first, Study second) {
    ExperimentComparison comparison = first.comparison();
    return new Study(
        first.experiment(),
        first.ended(),
        first.document(),
        first.notices(),
        new ExperimentComparison(
            comparison.experiments(),
            comparison.table(),
            Stream.concat(comparison.tests().stream(), second.comparison().tests().stream())
                .toList(),
            comparison.verdicts(),
            null,
            List.of(),
            List.of(),
            List.of()),
        List.of(),
        Stream.concat(first.runs().stream(), second.runs().stream()).toList(),
        first.images(),
        List.of(),
        first.version());
  }

  @Test
  void marginsThatDifferBetweenPairsAreAllSaid() {
    ObjectNode document = Documents.with(Documents.comparison("demo"), "experiment.repetitions", 2);
    ObjectNode third = document.withArray("/experiment/matrix/0").addObject().put("label", "c");
    third.putObject("set").put("model_params.backbone_type", "resnet34");
    TestStudy study = new TestStudy(document);
    study.ropes = Map.of("resnet18", 0.01, "deit_tiny", 0.02, "resnet34", 0.02);
    assertHas(section(page(study.study()), "verdict"), "margin of equivalence ±0.01 or ±0.02.");
  }

  @Test
  void sizesOfNetworksHaveADigitThatMatters() {
    // To the million, 5,717,416 would be 6 million and 1,400,000 be 1 million.
    assertHas(
        section(page(TestStudy.comparison(3).study()), "methods"),
        "it has 5.0 million parameters and takes 1,250 million multiply-adds for an image");
  }

  @Test
  void picturesOfSomeClassesAreNotCalledThoseOfEach() {
    TestStudy study = TestStudy.comparison(1);
    study.examples = List.of(Picture.of("example", "a", new byte[] {1}));
    assertHas(section(page(study.study()), "data"), "The first test images of each class, as");
    study.classes = IntStream.range(0, 11).mapToObj(i -> "class " + i).toList();
    assertHas(section(page(study.study()), "data"), "The first test images of 10 of 11 classes");
  }

  @Test
  void theArchiveHasEverythingAndAlwaysTheSameBytes() throws IOException {
    TestStudy study = TestStudy.comparison(3);
    study.classes = List.of("=cmd|' /C calc'!A0", "b", "c");
    study.figures = List.of(new Figure("roc", "ROC", "n = 60", "<svg/>", "a,b\n", () -> PNG));
    byte[] archive = archive(study.study());
    assertArrayEquals(archive, archive(study.study()));
    Map<String, byte[]> files = unzip(archive);
    assertTrue(
        files
            .keySet()
            .containsAll(
                List.of(
                    "report.html",
                    "report.md",
                    "report.tex",
                    "README.txt",
                    "experiment.json",
                    "comparison.json",
                    "figures/roc.svg",
                    "figures/roc.csv",
                    "figures/roc.png",
                    "tables/cells.csv",
                    "tables/tests.csv",
                    "tables/runs.csv",
                    "runs/00000000-0000-0001-0000-000000000000.json")),
        files.keySet()::toString);
    String sums = text(files.remove("SHA256SUMS"));
    assertEquals(files.size(), sums.lines().count());
    files.forEach((name, bytes) -> assertHas(sums, Sha256.of(bytes) + "  " + name + "\n"));
    assertEquals(3, text(files.get("README.txt")).lines().count());
    // The hash that runs.csv tells is of the file that lies beside it.
    String run = text(files.get("tables/runs.csv")).lines().skip(1).findFirst().orElseThrow();
    assertHas(run, Sha256.of(files.get("runs/00000000-0000-0001-0000-000000000000.json")));
    assertEquals(study.document(), Json.parse(text(files.get("experiment.json"))));
  }

  private static byte[] archive(Study study) {
    var document = ExperimentReport.of(study);
    return Archive.of(study, document, HTML.write(document));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Map<String, byte[]> unzip(byte[] archive) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }
}
