package org.medtransformers.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.gateway.fakes.FakeServices;
import org.medtransformers.localstack.testing.LocalStackTestResource;

/** One broker and one database for all tests of this module, and a folder that data may lie in. */
public final class GatewayTestStack extends LocalStackTestResource {
  /** The only root besides the artifacts; empty, as nobody reads images here. */
  public static final Path DATA = Path.of("target", "data").toAbsolutePath();

  /** Streams of events that one client may have open. */
  public static final int STREAMS = 8;

  /** The administrator's, with which {@link SignedIn} has all tests ask. */
  public static final String TOKEN = "token-of-the-installation-0123456789abcdef";

  public static final String METRICS_TOKEN = "token-of-the-metrics-0123456789abcdef";

  /** Whose that is, of the team {@code local}. */
  public static final String PERSON = "ada";

  private final FakeServices services = new FakeServices();

  public GatewayTestStack() {
    super("gateway", Topics.all());
  }

  @Override
  public Map<String, String> start() {
    try {
      Files.createDirectories(DATA);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> settings = new HashMap<>(super.start());
    settings.put("medtrans.access.token-file", secret("token", TOKEN));
    settings.put("medtrans.access.metrics-token-file", secret("metrics-token", METRICS_TOKEN));
    settings.put("medtrans.access.person", PERSON);
    settings.put("medtrans.access.hosts", "gateway.example,other.example");
    settings.put("medtrans.data-roots", DATA.toString());
    settings.put("medtrans.data-service.url", services.address());
    settings.put("medtrans.eval-service.url", services.address());
    // Nobody listens there.
    settings.put("medtrans.trainer-service.url", "http://127.0.0.1:1");
    settings.put("medtrans.gateway.peers.max-image-size", "2M");
    settings.put("medtrans.gateway.stream.heartbeat-every", "1S");
    settings.put("medtrans.gateway.submission.max-run-files", "1M");
    settings.put("medtrans.gateway.stream.max-per-client", Integer.toString(STREAMS));
    settings.put("medtrans.gateway.grafana-url", "http://grafana:3000");
    settings.put("medtrans.gateway.disk-every", "1S");
    // All tests are on the same images.
    settings.put("medtrans.gateway.test-looks", "1000000");
    // What is due is removed when a test says so.
    settings.put("medtrans.gateway.retention.every", "1H");
    settings.put("medtrans.gateway.retention.datasets", "10K");
    // On a machine that is busy with other things as well.
    settings.put("medtrans.gateway.comparison.patience", "1M");
    settings.put("medtrans.gateway.planning.looking", "5S");
    settings.put("medtrans.gateway.reconciliation.second-cancel-patience", "0S");
    return settings;
  }

  private static String secret(String name, String text) {
    Path file = Path.of("target", name).toAbsolutePath();
    try {
      Files.writeString(file, text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toString();
  }

  @Override
  public void inject(TestInjector injector) {
    super.inject(injector);
    injector.injectIntoFields(services, new TestInjector.MatchesType(FakeServices.class));
  }

  @Override
  public void stop() {
    super.stop();
    services.close();
  }
}
