package org.medtransformers.data.rest;

import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.data.service.SplitPage;
import org.medtransformers.data.service.SplitRegistry;

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
  public SplitPage list(
      @QueryParam("page")
          @DefaultValue("0")
          @Pattern(regexp = "\\d{1,6}", message = "must be a page number, from 0")
          String page,
      @QueryParam("size")
          @DefaultValue("20")
          @Pattern(regexp = "[1-9]\\d?|100", message = "must be 1 to 100")
          String size) {
    return splits.page(Integer.parseInt(page), Integer.parseInt(size));
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
