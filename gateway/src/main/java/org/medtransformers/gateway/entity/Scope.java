package org.medtransformers.gateway.entity;

import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.access.Sharing;

/**
 * The experiments that somebody may see: all, or those of the own person, of the own team unless
 * they are kept private, and those shared with all. What belongs to an experiment (runs, models,
 * events) is seen with it. This is the one place for that rule: as a condition of queries and, of
 * what has been read, as {@link #contains}.
 *
 * @param person null: all experiments
 * @param team of that person
 */
public record Scope(String person, String team) {
  /** Of whoever sees everything, and of what is done in nobody's name. */
  public static final Scope EVERYTHING = new Scope(null, null);

  /** Rows and entities name their columns alike. */
  private static final String RULE =
      "(%1$s.owner = %2$s or %1$s.sharing = 'ALL' or %1$s.sharing = 'TEAM' and %1$s.team = %3$s)";

  private static final String ALWAYS = "(1 = 1)";

  private boolean everything() {
    return person == null;
  }

  /** Whether an experiment is seen that belongs to {@code owner} and {@code ofTeam}. */
  public boolean contains(String owner, String ofTeam, Sharing sharing) {
    return everything()
        || person.equals(owner)
        || sharing == Sharing.ALL
        || (sharing == Sharing.TEAM && team.equals(ofTeam));
  }

  /** Whether {@code experiment} is seen. */
  public boolean contains(ExperimentEntity experiment) {
    return contains(experiment.owner, experiment.team, experiment.sharing);
  }

  /** A condition in HQL on the experiment {@code alias}; goes with {@link #parameters}. */
  public String hql(String alias) {
    return everything() ? ALWAYS : RULE.formatted(alias, ":person", ":team");
  }

  /** The same on the run {@code alias}. */
  public String hqlOfRun(String alias) {
    return everything()
        ? ALWAYS
        : "%s.experimentId in (select seen.id from ExperimentEntity seen where %s)"
            .formatted(alias, hql("seen"));
  }

  /** Parameters of conditions in HQL. */
  public Map<String, Object> parameters() {
    return everything() ? Map.of() : Map.of("person", person, "team", team);
  }

  /** A condition in SQL on {@code table}; goes with {@link #arguments}. */
  public String sql(String table) {
    return everything() ? ALWAYS : RULE.formatted(table, "?", "?");
  }

  /** Arguments of a condition in SQL, in their order. */
  public List<Object> arguments() {
    return everything() ? List.of() : List.of(person, team);
  }
}
