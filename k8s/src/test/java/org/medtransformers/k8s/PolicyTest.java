package org.medtransformers.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PolicyTest {
  @TestFactory
  Stream<DynamicTest> everyPolicyHolds() {
    return Stream.of(Overlay.values())
        .flatMap(
            overlay -> {
              Manifests manifests = overlay.manifests();
              return Stream.of(Policy.values())
                  .map(
                      policy ->
                          DynamicTest.dynamicTest(
                              overlay + " " + policy,
                              () -> assertEquals(List.of(), policy.violations(manifests))));
            });
  }

  @TestFactory
  Stream<DynamicTest> aMistakeIsFound() {
    return Mistake.ALL.stream()
        .map(
            mistake ->
                DynamicTest.dynamicTest(
                    mistake.toString(),
                    () -> assertFalse(mistake.policy().violations(mistake.made()).isEmpty())));
  }

  @Test
  void everyPolicyIsSeenToFail() {
    List<Policy> seen = Mistake.ALL.stream().map(Mistake::policy).distinct().sorted().toList();
    assertEquals(List.of(Policy.values()), seen);
  }

  @Test
  void theToolsAreAsSafe() {
    Manifests tools = Manifests.of(Path.of("tools/put-data.yaml"));
    for (Policy policy :
        List.of(
            Policy.RESTRICTED,
            Policy.BOUNDED,
            Policy.WITHOUT_TOKEN,
            Policy.WITHOUT_SERVICE_LINKS,
            Policy.LABELLED)) {
      assertEquals(List.of(), policy.violations(tools));
    }
  }

  @Test
  void theUserIsToldWhichSecretsToMake() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    for (String secret : References.SECRETS_OF_THE_USER) {
      assertTrue(readme.contains(secret), secret);
    }
  }
}
