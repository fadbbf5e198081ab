package org.medtransformers.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.imaging.phantom.PhantomDataset;
import org.medtransformers.localstack.testing.LocalStackTestResource;

/** One broker and one database for all tests of this module, and a phantom to prepare. */
public final class DataTestStack extends LocalStackTestResource {
  /** The only root besides the artifacts. Forty images: 28 train, 6 val, 6 test. */
  public static final Path DATA = Path.of("target", "data").toAbsolutePath();

  public DataTestStack() {
    super("data", Topics.all());
  }

  @Override
  public Map<String, String> start() {
    try {
      new PhantomDataset(40, 32, 1).write(DATA);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> settings = new HashMap<>(super.start());
    settings.put("medtrans.data-roots", DATA.toString());
    settings.put("medtrans.data.progress-every", "0S");
    return settings;
  }
}
