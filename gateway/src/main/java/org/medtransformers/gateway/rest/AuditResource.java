package org.medtransformers.gateway.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.audit.AuditAction;
import org.medtransformers.contracts.audit.AuditLine;
import org.medtransformers.contracts.audit.AuditVerification;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.audit.Trail;
import org.medtransformers.gateway.audit.Wanted;

/** Who did what. */
@Path("/api/v1/audit")
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
public class AuditResource {
  private final Trail trail;

  AuditResource(Trail trail) {
    this.trail = trail;
  }

  @GET
  @Operation(
      summary = "Lines of the audit trail, the newest first",
      description =
          "What was asked for is shown by what came of it, or by itself where that is not known."
              + " Older ones: before the last number.")
  public List<AuditLine> list(
      @QueryParam("person") String person,
      @QueryParam("action") String action,
      @QueryParam("object") @Parameter(description = "Id of what it was done to") String object,
      @QueryParam("from") @Parameter(description = "2026-11-30T10:00:00Z") String from,
      @QueryParam("to") String to,
      @QueryParam("before")
          @Pattern(regexp = "\\d{1,18}", message = "must be the number of a line")
          @Parameter(schema = @Schema(type = SchemaType.INTEGER))
          String before,
      @QueryParam("size")
          @DefaultValue("100")
          @Pattern(regexp = "[1-9]\\d{0,2}|1000", message = "must be a number from 1 to 1000")
          @Parameter(schema = @Schema(type = SchemaType.INTEGER))
          String size) {
    return trail.find(
        new Wanted(
            person,
            read("action", action, AuditAction::of),
            object,
            read("from", from, Instant::parse),
            read("to", to, Instant::parse),
            read("before", before, Long::valueOf)),
        Integer.parseInt(size));
  }

  private static <T> T read(String name, String text, Function<String, T> reader) {
    try {
      return text == null ? null : reader.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST, "%s: %s".formatted(name, e.getMessage()));
    }
  }

  @GET
  @Path("/verification")
  @Operation(
      summary = "Read all lines, and say whether one was changed, removed or put between",
      description =
          "Where head says what the trail ended with before, that line must still be what it was.")
  public AuditVerification verification(
      @QueryParam("head")
          @Pattern(
              regexp = "\\d{1,18}:[0-9a-f]{64}",
              message = "must be the number of a line, a colon and its hash")
          @Parameter(description = "Number of a line, a colon and its hash")
          String head) {
    return trail.verify(
        head == null
            ? null
            : new Trail.End(
                Long.parseLong(head.substring(0, head.indexOf(':'))),
                head.substring(head.indexOf(':') + 1)));
  }
}
