package org.medtransformers.imaging.dataset;

import java.nio.file.Path;

/**
 * One labelled image.
 *
 * @param id as in the label file
 * @param file absolute, below the data set's folder after links are resolved; may be missing
 * @param label from 0
 * @param group patient or lesion; empty where unknown
 */
public record Sample(String id, Path file, int label, String group) {}
