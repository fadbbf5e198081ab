package org.medtransformers.planning;

import java.util.Set;
import org.medtransformers.contracts.comparison.ComparisonRequest;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.contracts.config.Backbone;

/**
 * What a plan is made of, besides speeds.
 *
 * @param weights networks whose published supervised weights are at hand
 * @param spent seconds of the time that are gone for looking and measuring
 */
public record Facts(ComparisonRequest request, DataLook look, Set<Backbone> weights, double spent) {
  double given() {
    return TimeText.read(request.time()).toSeconds();
  }
}
