package org.medtransformers.gateway.peer;

import io.quarkus.arc.Arc;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.service.access.internal.OnBehalf;

/**
 * The person whose request is being answered. What the gateway works out apart from requests, such
 * as a report that several wait for, it asks for in its own name.
 */
@Singleton
final class AskingPerson implements OnBehalf {
  private final Instance<CurrentIdentityAssociation> identity;

  AskingPerson(Instance<CurrentIdentityAssociation> identity) {
    this.identity = identity;
  }

  @Override
  public String person() {
    if (identity.isResolvable() && Arc.container().requestContext().isActive()) {
      SecurityIdentity asking = identity.get().getIdentity();
      if (!asking.isAnonymous()) {
        return asking.getPrincipal().getName();
      }
    }
    return ServiceName.GATEWAY.label();
  }
}
