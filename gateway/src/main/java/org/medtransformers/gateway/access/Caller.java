package org.medtransformers.gateway.access;

import java.security.Principal;
import java.util.UUID;
import org.medtransformers.contracts.access.Role;

/**
 * Who asks.
 *
 * @param token by which a program asks in the person's name; null where it is the person
 */
public record Caller(String person, String team, Role role, UUID token) implements Principal {
  @Override
  public String getName() {
    return person;
  }
}
