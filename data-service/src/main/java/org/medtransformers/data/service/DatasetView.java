package org.medtransformers.data.service;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.imaging.prepare.Manifest;
import org.medtransformers.imaging.prepare.Statistics;

/**
 * A prepared data set as it is shown.
 *
 * @param preparedAt when its first preparing ended
 * @param available whether its files are there
 * @param classCounts images per class, by part; null where the files are gone
 * @param statistics of the images; null where the files are gone
 * @param bytes on the disk; null where the files are gone
 * @param skipped images that could not be read and were left out; null where the files are gone
 */
public record DatasetView(
    PreparedDataset dataset,
    Instant preparedAt,
    boolean available,
    Map<Split, List<Integer>> classCounts,
    Statistics statistics,
    Long bytes,
    List<Manifest.BadImage> skipped) {}
