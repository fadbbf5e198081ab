package org.medtransformers.imaging.dataset;

import java.nio.file.Path;

/**
 * One labelled image.
 *
 * @param id as in the label file
 * @param file absolute, with links resolved, below the data set's folder or, where a link leads out
 *     of it, where links may lead; a link that leads elsewhere is one still; may be missing
 * @param label from 0
 * @param group patient or lesion; empty where unknown
 */
public record Sample(String id, Path file, int label, String group) {}
