package org.medtransformers.data.service;

import java.util.List;

/**
 * Images that belong together: copies of each other, or of one patient or lesion.
 *
 * @param name the SHA-256 of the file that all have, or the patient or lesion; null where they only
 *     look alike
 * @param images there are
 * @param acrossParts whether they are in more than one part of the split
 * @param differingLabels whether their labels differ; null where that means nothing, as of a
 *     patient
 * @param shown the first of them
 */
public record FoundImages(
    String name,
    int images,
    boolean acrossParts,
    Boolean differingLabels,
    List<FoundImage> shown) {}
