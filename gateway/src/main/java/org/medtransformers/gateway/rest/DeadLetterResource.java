package org.medtransformers.gateway.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.contracts.result.DeadLetterDetail;
import org.medtransformers.contracts.result.DeadLetterPage;
import org.medtransformers.contracts.result.DeadLetterState;
import org.medtransformers.contracts.result.DeadLetterView;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.letter.Letters;
import org.medtransformers.service.rest.Paging;

/** Records that services could not handle: look at them, send them again, drop them. */
@Path("/api/v1/dead-letters")
@Tag(name = "dead letters")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
public class DeadLetterResource {
  private static final String ALL = "all";

  private final Letters letters;

  DeadLetterResource(Letters letters) {
    this.letters = letters;
  }

  @GET
  @Operation(summary = "Those that wait for somebody, or others, the newest first")
  public DeadLetterPage list(
      @QueryParam("state")
          @DefaultValue("waiting")
          @Pattern(
              regexp = "waiting|replayed|dropped|all",
              message = "must be waiting, replayed, dropped or all")
          String state,
      @Valid @BeanParam Paging paging) {
    return letters.page(states(state), paging.number(), paging.items());
  }

  private static String states(String asked) {
    return asked.equals(ALL)
        ? Arrays.stream(DeadLetterState.values()).map(Enum::name).collect(Collectors.joining(","))
        : asked.toUpperCase(Locale.ROOT);
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One with its headers and the beginning of its value")
  public DeadLetterDetail get(String id) {
    return letters.detail(id);
  }

  @GET
  @Path("/{id}/value")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(summary = "The value of the record, all of it, as it came")
  public byte[] value(String id) {
    return letters.value(id);
  }

  @POST
  @Path("/{id}/replay")
  @Operation(
      summary = "Send the record to its topic again, as it came",
      description =
          "Answers when the broker has it. Whether it can be handled now is not known then: if not,"
              + " there is a new dead letter.")
  public DeadLetterView replay(String id) {
    return letters.replay(id);
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Say that the record is not to be sent again")
  @APIResponse(responseCode = "204", description = "Dropped; shown for some weeks more")
  public void drop(String id) {
    letters.drop(id);
  }
}
