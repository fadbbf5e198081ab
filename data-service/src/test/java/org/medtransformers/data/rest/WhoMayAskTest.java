package org.medtransformers.data.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.tokens.PeerToken;

class WhoMayAskTest {
  private final WhoMayAsk rules = new WhoMayAsk();

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/loaders, true",
    "GET,  /api/v1/loaders/own/epochs/0/batches/3, true",
    "GET,  /api/v1/loaders/own/preview, true",
    "GET,  /api/v1/datasets/d/images, true",
    "GET,  /api/v1/loaders/other/epochs/0/batches/3, false",
    "GET,  /api/v1/loaders/other/preview, false",
    "GET,  /api/v1/loaders/other/../own/epochs/0/batches/3, false",
    "GET,  /api/v1/loaders/own/../other/epochs/0/batches/3, false",
    "GET,  /api/v1/loaders/%6fwn/epochs/0/batches/3, false",
    "GET,  /api/v1//loaders/own/epochs/0/batches/3, false",
    "GET,  /api/v1/loaders/own/epochs/0/batches/3/, false",
    "GET,  /api/v1/loaders/own, false",
    "GET,  /api/v1/loaders/own/steps/0, false",
    "GET,  /api/v1/datasets, false",
    "GET,  /api/v1/datasets/d/images/7, false",
    "GET,  /api/v1/splits, false",
    "POST, /api/v1/looks, false",
    "GET,  /q/openapi, false",
  })
  void aWorkerGetsWhatItsLoaderServes(String method, String path, boolean allowed) {
    for (ServiceName worker : new ServiceName[] {ServiceName.TRAINER, ServiceName.EVAL}) {
      PeerToken token = new PeerToken(worker, PeerToken.About.loader("own"));
      assertEquals(allowed, rules.refusal(token, method, path).isEmpty(), worker.label());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/loaders, true, true",
    "POST, /api/v1/looks, true, true",
    "GET,  /api/v1/datasets/d/findings, true, true",
    "GET,  /api/v1/loaders/l/preview, true, false",
    "GET,  /api/v1/loaders/l/steps/0, true, false",
    "GET,  /api/v1/datasets/d/images/7, true, false",
    "GET,  /api/v1/datasets//d/images/7, true, false",
    "GET,  /api/v1/datasets/d/images/%37, true, false",
    "GET,  /api/v1/loaders/l/%65pochs/0/batches/0, false, false",
    "GET,  /api/v1/loaders/l%2Fepochs/0/batches/0, false, false",
    "GET,  /api/v1/loaders/l//epochs/0/batches/0, false, false",
    "GET,  /api/v1/loaders/l/epochs/0/batches/0, false, false",
  })
  void theGatewayGetsPicturesInSomebodysNameAndNoBatches(
      String method, String path, boolean inSomebodysName, boolean inNobodys) {
    PeerToken ann = new PeerToken(ServiceName.GATEWAY, PeerToken.About.person("ann"));
    PeerToken nobody = new PeerToken(ServiceName.GATEWAY, PeerToken.About.NOTHING);
    assertEquals(inSomebodysName, rules.refusal(ann, method, path).isEmpty(), "ann");
    assertEquals(inNobodys, rules.refusal(nobody, method, path).isEmpty(), "nobody");
  }

  @ParameterizedTest
  @CsvSource({"/api/v1/loaders/l/epochs/0/batches/0", "/api/v1/loaders/l/preview"})
  void aTokenWithoutALoaderOpensNone(String path) {
    PeerToken token = new PeerToken(ServiceName.TRAINER, PeerToken.About.NOTHING);
    assertEquals(
        Optional.of("the token is not for the loader l"), rules.refusal(token, "GET", path));
  }
}
