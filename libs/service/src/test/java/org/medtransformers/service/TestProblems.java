package org.medtransformers.service;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.error.MedtransException;

/** Fails in every way there is. */
@Path("/problems")
public class TestProblems {
  /** A body with rules. */
  public record Body(@NotBlank String name, @Positive int count, Instant at) {}

  @GET
  @Path("known")
  public String known() {
    throw MedtransException.of(ErrorCode.CONFLICT, "the run is still going on");
  }

  @GET
  @Path("several")
  public String several() {
    throw MedtransException.of(
        List.of(
            new ErrorInfo(ErrorCode.INVALID_REQUEST, "no name"),
            new ErrorInfo(ErrorCode.NOT_BUILT_YET, "no lars")));
  }

  @GET
  @Path("unexpected")
  public String unexpected() {
    throw new IllegalStateException("secret of the house");
  }

  @GET
  @Path("database-away")
  public String databaseAway(@QueryParam("state") String state) {
    throw new IllegalStateException(new SQLException("of the database", state));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Body body(@Valid Body body) {
    return body;
  }

  @GET
  @Path("page")
  public int page(@QueryParam("size") @Max(100) int size) {
    return size;
  }
}
