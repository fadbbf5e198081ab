package org.medtransformers.contracts.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;

/**
 * What was seen of a data set that nobody has described.
 *
 * @param title by which people know it: the name of its folder or file
 * @param dataset kind that it was recognised as
 * @param dataLocation for {@code dataset_params.data_location}
 * @param own for the key of {@code medtrans} that this kind has; null where it has none
 * @param recognised by what it was told from the others
 * @param metric that the kind is judged by unless the file says otherwise
 * @param divided whether it comes with a split of its own
 * @param parts images that can be read, as it is divided where nobody says how
 * @param classCounts images by class, of all parts
 * @param leastTraining images of the rarest class in the training part, likewise
 * @param leastTest and in the test part
 * @param groups patients or lesions that are known; 0: none
 * @param withoutGroup images of which none is known
 * @param medianSide of the shorter side of an image, in pixels
 * @param secondsPerImage that reading and decoding one took, all processors working
 * @param unreadable images that cannot be read
 * @param unreadableExamples the first of them, and why
 * @param problems because of which a number may be wrong
 * @param notices what else is to be known
 */
public record DataLook(
    String title,
    DatasetName dataset,
    String dataLocation,
    JsonNode own,
    String recognised,
    List<String> classes,
    Task task,
    TargetMetric metric,
    int channels,
    boolean divided,
    SplitSizes parts,
    List<Integer> classCounts,
    int leastTraining,
    int leastTest,
    int groups,
    int withoutGroup,
    int medianSide,
    double secondsPerImage,
    int unreadable,
    List<String> unreadableExamples,
    List<String> problems,
    List<String> notices) {

  /** All that can be read. */
  public int images() {
    return parts.train() + parts.val() + parts.test();
  }

  /** Asks for it. */
  public record Request(String data) {}
}
