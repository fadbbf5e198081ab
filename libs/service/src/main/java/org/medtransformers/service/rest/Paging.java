package org.medtransformers.service.rest;

import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which part of a list is asked for. */
public class Paging {
  @QueryParam("page")
  @DefaultValue("0")
  @Pattern(regexp = "\\d{1,6}", message = "must be a page number, from 0")
  @Parameter(schema = @Schema(type = SchemaType.INTEGER))
  public String page;

  @QueryParam("size")
  @DefaultValue("20")
  @Pattern(regexp = "[1-9]\\d?|100", message = "must be a number from 1 to 100")
  @Parameter(schema = @Schema(type = SchemaType.INTEGER))
  public String size;

  /** From 0. */
  public int number() {
    return Integer.parseInt(page);
  }

  /** At most so many on a page. */
  public int items() {
    return Integer.parseInt(size);
  }
}
