package org.medtransformers.gateway.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.access.Sharing;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.service.database.Database;

/** The rule of who sees what is the same in HQL, in SQL and of what was read. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class ScopeTest {
  private static final List<String> PERSONS = List.of("ann", "bob");
  private static final List<String> TEAMS = List.of("heart", "lung");
  private static final String INSERT =
      """
      INSERT INTO experiment
        (id, name, state, document, notices, request_sha256, created_at, ended_at, owner, team, sharing)
      VALUES (?, ?, 'SUCCEEDED', '{}', '[]', '', now(), now(), ?, ?, ?)
      """;

  @Inject Database database;

  private final Set<UUID> ids = new LinkedHashSet<>();

  @BeforeEach
  void insertOneOfEachKind() {
    for (String person : PERSONS) {
      for (String team : TEAMS) {
        for (Sharing sharing : Sharing.values()) {
          UUID id = UUID.randomUUID();
          ids.add(id);
          String name = "%s %s %s".formatted(person, team, sharing.label());
          database.update(INSERT, id, name, person, team, sharing.name());
        }
      }
    }
  }

  @AfterEach
  void delete() {
    database.update("DELETE FROM experiment WHERE id = ANY (?)", (Object) array());
  }

  private UUID[] array() {
    return ids.toArray(UUID[]::new);
  }

  @Test
  void aPersonSeesTheOwnWhatTheTeamSharesAndWhatIsSharedWithAll() {
    assertEquals(
        Set.of(
            "ann heart private",
            "ann heart team",
            "ann heart all",
            "ann lung private",
            "ann lung team",
            "ann lung all",
            "bob heart team",
            "bob heart all",
            "bob lung all"),
        read(new Scope("ann", "heart")));
    assertEquals(ids.size(), read(Scope.EVERYTHING).size());
    assertEquals(
        Set.of("ann heart all", "ann lung all", "bob heart all", "bob lung all"),
        read(new Scope("eve", "skin")));
  }

  @Test
  void queriesSeeWhatIsSeenOfWhatWasRead() {
    for (Scope scope :
        List.of(
            Scope.EVERYTHING,
            new Scope("ann", "heart"),
            new Scope("bob", "heart"),
            new Scope("eve", "lung"),
            new Scope("heart", "ann"))) {
      assertEquals(read(scope), hql(scope), scope::toString);
      assertEquals(read(scope), sql(scope), scope::toString);
    }
  }

  private Set<String> read(Scope scope) {
    return database.inTransaction(
        () ->
            ids.stream()
                .map(id -> ExperimentEntity.<ExperimentEntity>findById(id))
                .filter(scope::contains)
                .map(experiment -> experiment.name)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private Set<String> hql(Scope scope) {
    return database.inTransaction(
        () -> {
          TypedQuery<String> query =
              ExperimentEntity.getEntityManager()
                  .createQuery(
                      "select e.name from ExperimentEntity e where e.id in :ids and "
                          + scope.hql("e"),
                      String.class)
                  .setParameter("ids", ids);
          scope.parameters().forEach(query::setParameter);
          return new TreeSet<>(query.getResultList());
        });
  }

  private Set<String> sql(Scope scope) {
    List<Object> arguments = new ArrayList<>(List.of((Object) array()));
    arguments.addAll(scope.arguments());
    return new TreeSet<>(
        database.query(
            "SELECT name FROM experiment WHERE id = ANY (?) AND " + scope.sql("experiment"),
            row -> row.getString(1),
            arguments.toArray()));
  }
}
