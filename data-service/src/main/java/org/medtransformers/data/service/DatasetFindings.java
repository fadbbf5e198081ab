package org.medtransformers.data.service;

import java.util.List;

/**
 * What was found of a data set that can make its numbers wrong, image by image; the first of each
 * kind, the worst before others. How many there are is in {@link DatasetView}.
 *
 * @param duplicates images whose files are the same
 * @param nearDuplicates images that look alike
 * @param leakingGroups patients or lesions with images in more than one part
 * @param blank images that show next to nothing
 */
public record DatasetFindings(
    List<FoundImages> duplicates,
    List<FoundImages> nearDuplicates,
    List<FoundImages> leakingGroups,
    List<FoundImage> blank) {}
