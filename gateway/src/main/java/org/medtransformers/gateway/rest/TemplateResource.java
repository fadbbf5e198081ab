package org.medtransformers.gateway.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.experiment.ExperimentKeys;
import org.medtransformers.gateway.access.Roles;
import org.medtransformers.gateway.template.Templates;

/** What helps to write an experiment file. */
@Path("/api/v1")
@Tag(name = "experiment files")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public class TemplateResource {
  private final Templates templates;

  TemplateResource(Templates templates) {
    this.templates = templates;
  }

  @GET
  @Path("/templates")
  @Operation(summary = "Experiment files to begin from")
  public List<Templates.Template> all() {
    return templates.all();
  }

  @GET
  @Path("/templates/{name: .+}")
  @Operation(summary = "One of them, with the strategies that it names")
  public String document(String name) {
    return templates.document(name);
  }

  @GET
  @Path("/experiment-file/keys")
  @Operation(summary = "Every key of the experiment file: type, allowed values, default")
  public List<ExperimentKeys.Key> keys() {
    return ExperimentKeys.all();
  }
}
