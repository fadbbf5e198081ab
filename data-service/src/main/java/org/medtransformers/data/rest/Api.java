package org.medtransformers.data.rest;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;

/** What the OpenAPI document says about the whole. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "medtransformers data-service",
            version = "1",
            description =
                "Prepared data sets and augmented batches."
                    + " Errors are problem details (RFC 9457) with a code.",
            license = @License(name = "Apache-2.0")))
public class Api extends Application {}
