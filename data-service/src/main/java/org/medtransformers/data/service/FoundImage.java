package org.medtransformers.data.service;

import java.util.List;
import org.medtransformers.contracts.data.Split;

/**
 * An image that something was found of.
 *
 * @param index its number in the prepared data set, by which its picture is asked for
 * @param id as in the label file
 * @param classes that it shows, by number
 */
public record FoundImage(int index, String id, Split split, List<Integer> classes) {}
