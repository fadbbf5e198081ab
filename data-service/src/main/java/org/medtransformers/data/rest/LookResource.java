package org.medtransformers.data.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.data.service.Looks;

/** Data sets that nobody has described. */
@Path("/api/v1/looks")
@Tag(name = "datasets")
@Produces(MediaType.APPLICATION_JSON)
public class LookResource {
  private final Looks looks;

  LookResource(Looks looks) {
    this.looks = looks;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Blocking
  @Operation(
      summary = "Recognise a data set and look at every image of it",
      description =
          "data is the absolute path of a folder or file. What was seen is kept while the files stay"
              + " as they are.")
  @APIResponse(responseCode = "200", description = "What was seen")
  @APIResponse(responseCode = "422", description = "No data set, or several")
  @APIResponse(responseCode = "503", description = "Not through yet; detail says how far")
  public DataLook look(@NotNull(message = "must be {data}") DataLook.Request request) {
    return looks.at(request.data());
  }
}
