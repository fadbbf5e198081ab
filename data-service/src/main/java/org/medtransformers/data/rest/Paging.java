package org.medtransformers.data.rest;

import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;

/** Which part of a list is asked for. */
public class Paging {
  @QueryParam("page")
  @DefaultValue("0")
  @Pattern(regexp = "\\d{1,6}", message = "must be a page number, from 0")
  public String page;

  @QueryParam("size")
  @DefaultValue("20")
  @Pattern(regexp = "[1-9]\\d?|100", message = "must be 1 to 100")
  public String size;

  int number() {
    return Integer.parseInt(page);
  }

  int items() {
    return Integer.parseInt(size);
  }
}
