package org.medtransformers.tests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which module may use which: the lines of the architecture, on the compiled classes. */
class LayeringTest {
  private static final String BASE = "org.medtransformers.";

  private static final String[] WORKER = {
    "contracts", "files", "batches", "service", "learning", "statistics", "plots"
  };

  /** It also asks models about images that are in no data set. */
  private static final String[] EVALUATOR =
      Stream.concat(Stream.of(WORKER), Stream.of("imaging", "inference")).toArray(String[]::new);

  /** A module, its package, and the packages of ours that it may use besides its own. */
  private record Layer(String module, String name, List<String> uses) {
    static Layer of(String module, String name, String... uses) {
      return new Layer(module, name, List.of(uses));
    }
  }

  private static final List<Layer> LAYERS =
      List.of(
          Layer.of("libs/contracts", "contracts"),
          Layer.of("libs/files", "files", "contracts"),
          Layer.of("libs/tokens", "tokens", "contracts"),
          Layer.of("libs/experiment", "experiment", "contracts"),
          Layer.of("libs/parity", "parity", "contracts"),
          Layer.of("libs/planning", "planning", "contracts"),
          Layer.of("libs/imaging", "imaging", "contracts", "files"),
          Layer.of("libs/statistics", "statistics", "contracts"),
          Layer.of("libs/learning", "learning", "contracts", "files", "statistics"),
          Layer.of(
              "libs/inference",
              "inference",
              "contracts",
              "files",
              "imaging",
              "learning",
              "statistics"),
          Layer.of("libs/plots", "plots", "contracts"),
          Layer.of("libs/batches", "batches", "contracts"),
          Layer.of("libs/service", "service", "contracts", "files", "batches", "tokens"),
          Layer.of("libs/local-stack", "localstack", "contracts", "files"),
          Layer.of(
              "gateway",
              "gateway",
              "contracts",
              "files",
              "experiment",
              "planning",
              "service",
              "statistics",
              "plots"),
          Layer.of("data-service", "data", "contracts", "files", "service", "tokens", "imaging"),
          Layer.of("trainer-service", "trainer", WORKER),
          Layer.of("eval-service", "eval", EVALUATOR),
          Layer.of(
              "golden",
              "golden",
              "contracts",
              "files",
              "parity",
              "imaging",
              "learning",
              "statistics"),
          Layer.of(
              "bench",
              "bench",
              "contracts",
              "files",
              "localstack",
              "imaging",
              "learning",
              "statistics",
              "batches",
              "tokens",
              "plots"),
          Layer.of(
              "cli",
              "cli",
              "contracts",
              "files",
              "experiment",
              "localstack",
              "parity",
              "golden",
              "bench",
              "learning",
              "inference",
              "imaging",
              "batches",
              "statistics",
              "plots"));

  private static JavaClasses classes;

  @BeforeAll
  static void importEveryModule() {
    List<Path> folders =
        LAYERS.stream().map(l -> Path.of("..", l.module(), "target", "classes")).toList();
    classes = new ClassFileImporter().importPaths(folders);
  }

  @TestFactory
  Stream<DynamicTest> aModuleUsesOnlyTheModulesBelowIt() {
    return LAYERS.stream()
        .map(layer -> DynamicTest.dynamicTest(layer.module(), () -> check(layer)));
  }

  private static void check(Layer layer) {
    String own = BASE + layer.name() + "..";
    List<String> allowed = new ArrayList<>(List.of(own));
    layer.uses().forEach(name -> allowed.add(BASE + name + ".."));
    assertFalse(classes.that(resideInAPackage(own)).isEmpty(), "nothing compiled in " + own);
    noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat(
            resideInAPackage(BASE + ".")
                .and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
        .check(classes);
  }

  @Test
  void noPackagesUseEachOther() {
    slices().matching(BASE + "(**)").should().beFreeOfCycles().check(classes);
  }

  /** And what proves its numbers, kernel by kernel. */
  @Test
  void onlyTheLearningLibraryKnowsDjl() {
    noClasses()
        .that(not(resideInAnyPackage(BASE + "learning..", BASE + "golden.learning..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(classes);
  }

  /** It closes the copies that reading from a GPU makes. */
  @Test
  void onlyOneClassReadsNumbersFromArrays() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(BASE + "learning.engine.NDArrays")
        .should()
        .callMethodWhere(
            target(owner(assignableTo("ai.djl.ndarray.NDArray")))
                .and(
                    target(
                        nameMatching(
                            "to(ByteBuffer|Device|Type|.*Array)"
                                + "|get(Float|Double|Long|Int|Byte|Uint8|Boolean)"))))
        .check(classes);
  }

  @Test
  void theLibrariesOfTheFieldKnowNoFramework() {
    noClasses()
        .that()
        .resideInAnyPackage(
            BASE + "contracts..",
            BASE + "files..",
            BASE + "tokens..",
            BASE + "experiment..",
            BASE + "planning..",
            BASE + "imaging..",
            BASE + "learning..",
            BASE + "inference..",
            BASE + "batches..",
            BASE + "statistics..",
            BASE + "plots..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.quarkus..", "jakarta..", "org.hibernate..", "io.smallrye..")
        .check(classes);
  }

  /** Others find them with a scope, which says who sees what: none can be forgotten. */
  @Test
  void onlyWhatIsDoneInNobodysNameFindsRowsByTheirIdsAlone() {
    String gateway = BASE + "gateway.";
    noClasses()
        .that()
        .resideInAPackage(BASE + "gateway..")
        .and(
            not(
                resideInAnyPackage(
                    gateway + "entity",
                    gateway + "history",
                    gateway + "letter",
                    gateway + "retention")))
        .should()
        .callMethodWhere(
            target(owner(assignableTo("io.quarkus.hibernate.orm.panache.PanacheEntityBase")))
                .and(target(nameMatching("find(ById.*|All)?|list(All)?|stream(All)?"))))
        .check(classes);
  }

  /** So that the catalogue of metrics, and the page made from it, is whole. */
  @Test
  void everyMetricIsOneOfTheCatalogue() {
    noClasses()
        .that(not(resideInAPackage(BASE + "service.metric..")))
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "io\\.micrometer\\.core\\.(instrument\\.(MeterRegistry|.*Builder)|annotation\\..*)")
        .check(classes);
  }

  @Test
  void theContractsKnowJacksonOnly() {
    classes()
        .that()
        .resideInAPackage(BASE + "contracts..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(BASE + "contracts..", "java..", "com.fasterxml.jackson..")
        .check(classes);
  }
}
