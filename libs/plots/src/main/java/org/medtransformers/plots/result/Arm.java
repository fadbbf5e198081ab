package org.medtransformers.plots.result;

import java.util.List;
import org.medtransformers.contracts.result.Calibration;
import org.medtransformers.contracts.result.PairedComparison.Model;
import org.medtransformers.plots.figure.Point;

/**
 * What the trainings of one model on one data set say of its test images, put together.
 *
 * @param trainings whose predictions were read
 * @param images that each training was tested on
 * @param rocAuc mean over the trainings; NaN where none has it
 * @param averagePrecision likewise; of several classes the mean over them
 * @param roc mean and band of the true positive rate over the false positive rate; empty where
 *     there is none
 * @param precisionRecall mean and band of the precision over the recall; empty likewise
 * @param calibration of all predictions together; its error is the mean over the trainings
 * @param confusion summed over the trainings, rows are truth; empty where images show several
 *     classes
 */
public record Arm(
    Model model,
    int trainings,
    List<Integer> images,
    double rocAuc,
    double averagePrecision,
    List<Point> roc,
    List<Point> precisionRecall,
    Calibration calibration,
    List<List<Long>> confusion) {
  public Arm {
    images = List.copyOf(images);
    roc = List.copyOf(roc);
    precisionRecall = List.copyOf(precisionRecall);
    confusion = List.copyOf(confusion);
  }
}
