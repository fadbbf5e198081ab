package org.medtransformers.imaging.npz;

import java.io.IOException;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.DiskErrors;

/** It is not the archive that cannot be read but its copy that cannot be written. */
final class ScratchException extends IOException {
  private static final long serialVersionUID = 1L;

  ScratchException(IOException cause) {
    super(cause);
  }

  MedtransException failure() {
    return DiskErrors.describe((IOException) getCause(), "unpacking images");
  }
}
