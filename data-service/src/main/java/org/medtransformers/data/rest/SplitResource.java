package org.medtransformers.data.rest;

import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.data.service.SplitPage;
import org.medtransformers.data.service.SplitRegistry;
import org.medtransformers.service.rest.Paging;

/** Which image trains, validates or tests. */
@Path("/api/v1/splits")
@Tag(name = "splits")
@Produces(MediaType.APPLICATION_JSON)
public class SplitResource {
  private final SplitRegistry splits;

  SplitResource(SplitRegistry splits) {
    this.splits = splits;
  }

  @GET
  @Operation(summary = "All splits that were ever used, the newest first")
  public SplitPage list(@Valid @BeanParam Paging paging) {
    return splits.page(paging.number(), paging.items());
  }

  @GET
  @Path("/{sha256}")
  @Operation(
      summary = "One split: kind, parameters and the ids of each part",
      description = "The SHA-256 of the body is the one that was asked for.")
  public String get(String sha256) {
    return splits.text(sha256);
  }
}
