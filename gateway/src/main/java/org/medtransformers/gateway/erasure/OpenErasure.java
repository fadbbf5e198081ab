package org.medtransformers.gateway.erasure;

import java.util.List;
import java.util.UUID;
import org.medtransformers.contracts.erasure.DataErasure;
import org.medtransformers.contracts.erasure.ErasedThing;

/**
 * An erasure that is not done yet.
 *
 * @param datasets kinds that are meant; never none
 */
record OpenErasure(UUID id, ErasedThing thing, String name, List<String> datasets) {
  DataErasure.Order order(DataErasure.Step step) {
    return new DataErasure.Order(step, thing, name, datasets);
  }
}
