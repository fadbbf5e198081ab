package org.medtransformers.tests.metrics;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a query asks for, read without Prometheus. */
final class PromQl {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern LABEL_LIST =
      Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");

  /** No number such as 1e6, and no function. */
  private static final Pattern METRIC =
      Pattern.compile("(?<![\\w.])" + NAME + "(?!\\w)(?!\\s*\\()");

  private static final Pattern SELECTOR = Pattern.compile("(" + NAME + ")(\\{[^}]*})?");
  private static final Set<String> KEYWORDS =
      Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");

  private PromQl() {}

  /** The names of the metrics in {@code query}, in which no variable is left. */
  static Set<String> metrics(String query) {
    String bare = query.replaceAll("\"[^\"]*\"", "").replaceAll("\\{[^}]*}|\\[[^\\]]*]", "");
    return METRIC
        .matcher(LABEL_LIST.matcher(bare).replaceAll(""))
        .results()
        .map(MatchResult::group)
        .filter(name -> !KEYWORDS.contains(name))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The same with what is asked of their labels. */
  static List<String> selectors(String query) {
    Set<String> metrics = metrics(query);
    Matcher found = SELECTOR.matcher(query);
    return found
        .results()
        .filter(s -> metrics.contains(s.group(1)))
        .map(MatchResult::group)
        .distinct()
        .toList();
  }
}
