package org.medtransformers.experiment;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Every key of the experiment file by its path. What a list holds stands below the list; the
 * transforms, which are the same wherever there are any, stand once, below {@code VIEW}; the
 * parameters of an optimizer below its name.
 */
final class KeyPaths {
  static final String VIEW = "VIEW";

  private final Collection<String> paths = new TreeSet<>();
  private final Predicate<ObjectRule.Presence> wanted;

  private KeyPaths(Predicate<ObjectRule.Presence> wanted) {
    this.wanted = wanted;
  }

  /** All of them. */
  static Set<String> all() {
    return of(presence -> true);
  }

  /** Those of which a notice says that they do nothing. */
  static Set<String> withoutEffect() {
    return of(presence -> presence == ObjectRule.Presence.WITHOUT_EFFECT);
  }

  private static Set<String> of(Predicate<ObjectRule.Presence> wanted) {
    KeyPaths found = new KeyPaths(wanted);
    found.collect("", RunSchema.run());
    found.collect("experiment", ExperimentRules.experiment());
    found.collect(VIEW, TransformRules.view());
    return new TreeSet<>(found.paths);
  }

  private void collect(String path, Rule rule) {
    if (rule instanceof ObjectRule object) {
      object.keys().forEach((name, key) -> add(path.isEmpty() ? name : path + "." + name, key));
    } else if (rule instanceof OptimizerRule optimizer) {
      collect(path, optimizer.outline());
      optimizer.params().forEach((type, params) -> collect(path + ".params." + type, params));
    } else if (rule instanceof SplitRule split) {
      split.kinds().values().forEach(kind -> collect(path, kind));
    } else if (rule instanceof Rule.ListOf list) {
      collect(path, list.element());
    } else if (rule instanceof Rule.NotBuilt notBuilt) {
      collect(path, notBuilt.rule());
    } else if (rule instanceof AugmentationRule augmentation) {
      collect(path, augmentation.strategy());
    } else if (rule instanceof LooseListRule list) {
      collect(path, list.element());
    } else {
      requireWithoutKeys(rule);
    }
  }

  /** Keys that a user names are no keys of ours; those of a view stand below {@link #VIEW}. */
  private static void requireWithoutKeys(Rule rule) {
    boolean views = rule instanceof ViewsRule || rule instanceof MapOf;
    if (!views && !(rule instanceof Rule.Value)) {
      throw new AssertionError("unknown to the enumeration: " + rule);
    }
  }

  /** An object that only groups keys is none itself. */
  private void add(String path, ObjectRule.Key key) {
    int before = paths.size();
    collect(path, key.rule());
    if (paths.size() == before && wanted.test(key.presence()) && !groups(key.rule())) {
      paths.add(path);
    }
  }

  private static boolean groups(Rule rule) {
    return rule instanceof ObjectRule || rule instanceof OptimizerRule || rule instanceof SplitRule;
  }
}
