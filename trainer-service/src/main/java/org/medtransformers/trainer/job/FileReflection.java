package org.medtransformers.trainer.job;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.medtransformers.files.RunManifest;
import org.medtransformers.trainer.loop.BestModel;
import org.medtransformers.trainer.loop.TrainingState;

/** Tells a native build which records of this service become JSON in files. */
@RegisterForReflection(targets = {RunManifest.class, TrainingState.class, BestModel.class})
final class FileReflection {
  private FileReflection() {}
}
