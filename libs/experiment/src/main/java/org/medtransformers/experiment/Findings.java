package org.medtransformers.experiment;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.error.MedtransException;

/** What reading a document brings to light; each finding once, in the order found. */
final class Findings {
  private static final int MAX_ERRORS = 100;

  private final Set<ErrorInfo> invalid = new LinkedHashSet<>();
  private final Set<ErrorInfo> notBuilt = new LinkedHashSet<>();
  private final Set<String> withoutEffect = new LinkedHashSet<>();
  private final Set<String> notices = new LinkedHashSet<>();

  /** A mistake at {@code path}. */
  void invalid(String path, String message) {
    invalid.add(new ErrorInfo(ErrorCode.INVALID_REQUEST, path + ": " + message));
  }

  /** A mistake unless {@code from}, the value of {@code low}, is at most that of {@code high}. */
  void rising(String path, String low, double from, String high, double to) {
    if (from > to) {
      invalid(
          path + "." + low, "found %s, allowed: at most %s, which is %s".formatted(from, high, to));
    }
  }

  /** Something legal that this version cannot do. */
  void notBuilt(String path, String what) {
    notBuilt.add(new ErrorInfo(ErrorCode.NOT_BUILT_YET, path + ": " + what + " is not built yet"));
  }

  /** A key that is accepted and does nothing here. */
  void withoutEffect(String path) {
    withoutEffect.add(path);
  }

  void notice(String path, String message) {
    notices.add(path + ": " + message);
  }

  void addAll(Findings other) {
    invalid.addAll(other.invalid);
    notBuilt.addAll(other.notBuilt);
    withoutEffect.addAll(other.withoutEffect);
    notices.addAll(other.notices);
  }

  /** Whether as many mistakes are known as are told one by one. */
  boolean full() {
    return invalid.size() + notBuilt.size() >= MAX_ERRORS;
  }

  boolean hasErrors() {
    return !invalid.isEmpty() || !notBuilt.isEmpty();
  }

  /** All keys without effect in one notice, as a published file has a dozen; then the others. */
  List<String> notices() {
    List<String> all = new ArrayList<>();
    if (!withoutEffect.isEmpty()) {
      all.add("accepted, without effect here: " + String.join(", ", withoutEffect));
    }
    all.addAll(notices);
    return List.copyOf(all);
  }

  /** Throws if there is any mistake: with all of them, or the first hundred and how many more. */
  void throwErrors() {
    if (hasErrors()) {
      List<ErrorInfo> all = new ArrayList<>(invalid);
      all.addAll(notBuilt);
      throw MedtransException.of(bounded(all));
    }
  }

  private static List<ErrorInfo> bounded(List<ErrorInfo> all) {
    if (all.size() <= MAX_ERRORS) {
      return all;
    }
    List<ErrorInfo> first = new ArrayList<>(all.subList(0, MAX_ERRORS));
    first.add(new ErrorInfo(first.get(0).code(), "and %d more".formatted(all.size() - MAX_ERRORS)));
    return first;
  }
}
