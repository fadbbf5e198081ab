package org.medtransformers.eval.job;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.medtransformers.contracts.data.DatasetImage;
import org.medtransformers.contracts.result.Calibration;
import org.medtransformers.contracts.result.ClassMetrics;
import org.medtransformers.contracts.result.Curves;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.Intervals;
import org.medtransformers.contracts.result.OperatingPoint;

/** Tells a native build which records this service reads from answers and writes into files. */
@RegisterForReflection(
    targets = {
      DatasetImage.class,
      EvaluationResults.class,
      Intervals.class,
      ClassMetrics.class,
      Calibration.class,
      OperatingPoint.class,
      Curves.class
    },
    ignoreNested = false)
final class FileReflection {
  private FileReflection() {}
}
