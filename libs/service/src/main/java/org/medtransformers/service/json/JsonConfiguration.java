package org.medtransformers.service.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.medtransformers.contracts.Json;

/** Makes REST speak the JSON of events and files. */
@Singleton
final class JsonConfiguration {
  /** A copy, as what gets it injected may configure it. */
  @Produces
  @Singleton
  ObjectMapper objectMapper() {
    return Json.mapper().copy();
  }
}
