package org.medtransformers.gateway.access;

import io.quarkus.arc.Arc;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** Who asks for what is just being done. Where nobody does, it is said so: nothing is guessed. */
@Singleton
public final class Callers {
  private final CurrentIdentityAssociation association;
  private final ThreadLocal<Caller> acting = new ThreadLocal<>();

  Callers(CurrentIdentityAssociation association) {
    this.association = association;
  }

  /**
   * Who asks, on the thread of a request or within {@link #as}.
   *
   * @throws IllegalStateException elsewhere
   */
  public Caller current() {
    Caller caller = acting.get();
    if (caller != null) {
      return caller;
    }
    if (Arc.container().requestContext().isActive()
        && association.getIdentity().getPrincipal() instanceof Caller asking) {
      return asking;
    }
    throw new IllegalStateException("nobody is known to ask for this");
  }

  /** Does {@code work}, be it on another thread, in the name of {@code caller}. */
  public <T> T as(Caller caller, Supplier<T> work) {
    Caller before = acting.get();
    acting.set(caller);
    try {
      return work.get();
    } finally {
      acting.set(before);
    }
  }
}
