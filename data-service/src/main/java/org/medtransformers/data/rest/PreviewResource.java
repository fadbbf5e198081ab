package org.medtransformers.data.rest;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.medtransformers.data.service.BatchGate;
import org.medtransformers.data.service.Loaders;
import org.medtransformers.imaging.batch.Batcher;
import org.medtransformers.imaging.codec.PngEncoder;

/** What augmentation makes of an image, for people. */
@Path("/api/v1/loaders/{id}/preview")
@Tag(name = "loaders")
public class PreviewResource {
  private final Loaders loaders;
  private final BatchGate gate;

  PreviewResource(Loaders loaders, BatchGate gate) {
    this.loaders = loaders;
    this.gate = gate;
  }

  @GET
  @Produces("image/png")
  @Operation(
      summary = "A contact sheet of augmented samples of one image",
      description =
          "A row for each sample and a column for each view; samples of a single view fill a square."
              + " Sample k is what epoch k sees, before normalisation. Always the same bytes.")
  @APIResponse(responseCode = "200", description = "The contact sheet")
  @APIResponse(responseCode = "400", description = "image or n is wrong, or it would be too large")
  @APIResponse(responseCode = "404", description = "The loader does not exist or have that image")
  @APIResponse(responseCode = "503", description = "No room for another sheet; Retry-After")
  public byte[] preview(
      @PathParam("id") String id,
      @QueryParam("image")
          @NotNull(message = "must be the number of an image in the prepared index")
          @Pattern(regexp = "\\d{1,9}", message = "must be the number of an image, from 0")
          String image,
      @QueryParam("n")
          @DefaultValue("8")
          @Pattern(regexp = "[1-9]|[1-5]\\d|6[0-4]", message = "must be 1 to 64")
          String n) {
    Batcher loader = loaders.get(id);
    return gate.alone(() -> sheet(loader, Integer.parseInt(image), Integer.parseInt(n)));
  }

  private static byte[] sheet(Batcher loader, int image, int samples) {
    try {
      return PngEncoder.encode(loader.contactSheet(image, samples));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
