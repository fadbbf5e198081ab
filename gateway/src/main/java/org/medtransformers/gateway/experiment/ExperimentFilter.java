package org.medtransformers.gateway.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.gateway.entity.Scope;

/**
 * Which experiments are looked for; what is null or empty leaves all.
 *
 * @param text is in the name, the owner, a tag or a kind of data set, in small letters or capitals
 * @param tag one of the experiment's, letter by letter
 */
public record ExperimentFilter(
    String text,
    ExperimentState state,
    String dataset,
    String owner,
    String tag,
    Boolean starred,
    Boolean archived) {

  /** Conditions in HQL on {@code e} and their parameters. */
  record Conditions(String hql, Map<String, Object> parameters) {}

  /** Of those that {@code scope} has. */
  Conditions conditions(Scope scope) {
    List<String> all = new ArrayList<>(List.of(scope.hql("e")));
    Map<String, Object> parameters = new LinkedHashMap<>(scope.parameters());
    given(text)
        .ifPresent(
            t -> {
              all.add(
                  "(lower(e.name) like :text escape '!' or lower(e.owner) like :text escape '!'"
                      + " or lower(e.tagList) like :text escape '!'"
                      + " or lower(e.datasetList) like :text escape '!')");
              parameters.put("text", '%' + escaped(t.toLowerCase(Locale.ROOT)) + '%');
            });
    equal(all, parameters, "state", state);
    equal(all, parameters, "owner", given(owner).orElse(null));
    equal(all, parameters, "starred", starred);
    equal(all, parameters, "archived", archived);
    element(all, parameters, "datasetList", dataset);
    element(all, parameters, "tagList", tag);
    return new Conditions(String.join(" and ", all), parameters);
  }

  private static Optional<String> given(String value) {
    return Optional.ofNullable(value).filter(v -> !v.isBlank());
  }

  private static void equal(
      List<String> all, Map<String, Object> parameters, String name, Object value) {
    if (value != null) {
      all.add("e.%s = :%s".formatted(name, name));
      parameters.put(name, value);
    }
  }

  /** Neither tags nor kinds of data sets hold quotes: an element is what stands between two. */
  private static void element(
      List<String> all, Map<String, Object> parameters, String list, String value) {
    given(value)
        .ifPresent(
            v -> {
              all.add("locate(:%s, e.%s) > 0".formatted(list, list));
              parameters.put(list, Json.write(v));
            });
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
