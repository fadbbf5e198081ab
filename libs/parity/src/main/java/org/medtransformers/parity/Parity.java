package org.medtransformers.parity;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.medtransformers.contracts.error.MedtransException;

/**
 * Runs all cases of a golden folder. What can not be run fails: an unknown group, an empty folder,
 * a file that no case used.
 */
public final class Parity {
  private static final String FOLDER = "folder";

  private final Map<String, CaseRunner> runners;

  public Parity(List<CaseRunner> runners) {
    this.runners =
        runners.stream().collect(Collectors.toMap(CaseRunner::group, Function.identity()));
  }

  /**
   * Runs every case.
   *
   * @param only the one group to run; then the files of other groups are left out of account
   */
  public void run(Path folder, Optional<String> only, Report report) {
    GoldenFolder golden;
    try {
      golden = GoldenFolder.open(folder);
    } catch (MedtransException e) {
      report.failure(FOLDER, GoldenFolder.MANIFEST, e.getMessage());
      return;
    }
    Predicate<String> chosen = group -> only.map(group::equals).orElse(true);
    List<GoldenCase> cases = golden.cases().stream().filter(c -> chosen.test(c.group())).toList();
    if (cases.isEmpty()) {
      report.failure(only.orElse(FOLDER), GoldenFolder.MANIFEST, noCase(golden, only));
    }
    Set<GoldenCase> seen = new HashSet<>();
    for (GoldenCase one : cases) {
      if (!seen.add(one)) {
        report.failure(one.group(), one.name(), "listed twice in the manifest");
      } else {
        run(one, report);
      }
    }
    checkUnused(golden, file -> only.isEmpty() || chosen.test(groupOf(file)), report);
  }

  private static String noCase(GoldenFolder golden, Optional<String> only) {
    Set<String> groups =
        golden.cases().stream()
            .map(GoldenCase::group)
            .collect(Collectors.toCollection(TreeSet::new));
    return only.isEmpty() || groups.isEmpty()
        ? "no case is in the manifest"
        : "no case of the group %s is in the manifest, which has %s"
            .formatted(only.get(), String.join(", ", groups));
  }

  private void run(GoldenCase golden, Report report) {
    CaseRunner runner = runners.get(golden.group());
    if (runner == null) {
      String problem = problem(golden.folder(), golden.file());
      String unknown = "the group " + golden.group() + " is not known yet";
      report.failure(golden.group(), golden.name(), problem.isEmpty() ? unknown : problem);
      return;
    }
    try {
      runner.run(golden, report);
    } catch (MedtransException e) {
      report.failure(golden.group(), golden.name(), e.getMessage());
    } catch (RuntimeException e) {
      report.failure(golden.group(), golden.name(), e.toString());
    }
  }

  /** Texts called README describe the folder; no number depends on them. */
  private static void checkUnused(GoldenFolder golden, Predicate<String> chosen, Report report) {
    for (String file : golden.unused()) {
      String name = file.substring(file.lastIndexOf('/') + 1);
      if (chosen.test(file) && !name.startsWith("README.")) {
        report.failure(groupOf(file), file.substring(file.indexOf('/') + 1), "no case uses it");
      }
    }
  }

  private static String problem(GoldenFolder golden, String file) {
    try {
      golden.file(file);
      return "";
    } catch (MedtransException e) {
      return e.getMessage();
    }
  }

  private static String groupOf(String file) {
    int slash = file.indexOf('/');
    return slash < 0 ? FOLDER : file.substring(0, slash);
  }
}
