package org.medtransformers.cli.stack;

import java.net.URI;
import java.util.Optional;

/**
 * A gateway elsewhere.
 *
 * @param token by which it knows who asks; empty where it asks nobody
 */
public record Remote(URI gateway, Optional<String> token) {}
