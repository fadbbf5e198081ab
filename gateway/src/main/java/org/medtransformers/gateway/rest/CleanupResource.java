package org.medtransformers.gateway.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.result.Cleanup;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.retention.Cleaner;

/** Removing what nobody needs any more. */
@Path("/api/v1/gc")
@Tag(name = "gc")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
public class CleanupResource {
  private final Cleaner cleaner;

  CleanupResource(Cleaner cleaner) {
    this.cleaner = cleaner;
  }

  @POST
  @Operation(
      summary = "Remove at once what would be removed by itself, since its retention is over",
      description =
          "Nothing that a run needs which waits or is at work. With dry_run=true it is only told.")
  public Cleanup clean(
      @QueryParam("dry_run")
          @DefaultValue("false")
          @Pattern(regexp = "true|false", message = "must be true or false")
          @Parameter(schema = @Schema(type = SchemaType.BOOLEAN))
          String dryRun) {
    return cleaner.clean(Boolean.parseBoolean(dryRun));
  }
}
