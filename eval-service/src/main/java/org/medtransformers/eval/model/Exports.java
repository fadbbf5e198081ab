package org.medtransformers.eval.model;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.eval.config.EvalConfig;
import org.medtransformers.inference.ModelFiles;
import org.medtransformers.learning.export.ExportedModel;

/** Models written for other programs, a few at a time. */
@Singleton
public class Exports {
  /** What they are written as. */
  public enum Format {
    SAFETENSORS(".safetensors"),
    TORCHSCRIPT(".pt");

    private final String extension;

    Format(String extension) {
      this.extension = extension;
    }

    /** By its name in a request, which is one of them. */
    public static Format of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /** A model in memory, until it is closed. */
  public final class Export implements AutoCloseable {
    private final ExportedModel model;
    private final Format format;
    private final String file;

    private Export(ExportedModel model, Format format, String file) {
      this.model = model;
      this.format = format;
      this.file = file;
    }

    /** What to call the file: letters, digits and {@code . _ + -}. */
    public String file() {
      return file;
    }

    /** Writes it. */
    public void write(OutputStream out) throws IOException {
      switch (format) {
        case SAFETENSORS -> model.writeSafetensors(out);
        case TORCHSCRIPT -> model.writeTorchScript(out);
      }
    }

    @Override
    public void close() {
      places.release();
    }
  }

  private final Models models;
  private final Semaphore places;

  Exports(Models models, EvalConfig config) {
    this.models = models;
    this.places = new Semaphore(config.maxExports());
  }

  /**
   * Reads the model of {@code run}.
   *
   * @throws MedtransException {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#CHECKPOINT_UNREADABLE},
   *     or {@link ErrorCode#UNAVAILABLE} while as many are being read as may be
   */
  public Export begin(String run, Format format) {
    ModelFiles files = models.find(run);
    if (!places.tryAcquire()) {
      throw MedtransException.of(
          ErrorCode.UNAVAILABLE, "as many models as may be are being exported; try again");
    }
    boolean begun = false;
    try {
      String name = files.run().config().training().modelName() + "-" + files.run().runId();
      Export export = new Export(files.read(), format, name + format.extension);
      begun = true;
      return export;
    } finally {
      if (!begun) {
        places.release();
      }
    }
  }
}
