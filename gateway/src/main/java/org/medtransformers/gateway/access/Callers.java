package org.medtransformers.gateway.access;

import io.quarkus.arc.Arc;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import jakarta.inject.Singleton;
import java.util.Optional;
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
    return find().orElseThrow(() -> new IllegalStateException("nobody is known to ask for this"));
  }

  /** The same; empty elsewhere. */
  public Optional<Caller> find() {
    Caller caller = acting.get();
    if (caller != null) {
      return Optional.of(caller);
    }
    return Arc.container().requestContext().isActive()
            && association.getIdentity().getPrincipal() instanceof Caller asking
        ? Optional.of(asking)
        : Optional.empty();
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
