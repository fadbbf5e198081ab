package org.medtransformers.gateway.rest;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.plots.figure.Figure;

/** A figure as it is sent: browsers neither run anything of it nor take it for something else. */
final class FigureAnswer {
  private static final MediaType SVG = new MediaType("image", "svg+xml", "UTF-8");
  private static final MediaType CSV = new MediaType("text", "csv", "UTF-8");
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

  private FigureAnswer() {}

  static Response svg(Figure figure, Request request) {
    try {
      return answer(figure.svg(), SVG, request);
    } catch (LinkageError | InternalError e) {
      // A Java without fonts or without its native parts throws any of these.
      throw MedtransException.of(
          ErrorCode.INTERNAL, "this Java cannot draw; the numbers are to be had as .csv", e);
    }
  }

  static Response csv(Figure figure, Request request) {
    return answer(figure.csv(), CSV, request);
  }

  private static Response answer(String text, MediaType type, Request request) {
    EntityTag tag = new EntityTag(Sha256.of(text));
    Response.ResponseBuilder known = request.evaluatePreconditions(tag);
    Response.ResponseBuilder answer = known == null ? Response.ok(text, type) : known;
    return answer
        .tag(tag)
        .header("Cache-Control", "no-cache")
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }
}
