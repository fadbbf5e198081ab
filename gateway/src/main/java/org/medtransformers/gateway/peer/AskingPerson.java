package org.medtransformers.gateway.peer;

import jakarta.inject.Singleton;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.gateway.access.Caller;
import org.medtransformers.gateway.access.Callers;
import org.medtransformers.service.access.internal.OnBehalf;

/**
 * The person whose request is being answered. What the gateway works out in nobody's name, such as
 * a report that several wait for, it asks for in its own.
 */
@Singleton
final class AskingPerson implements OnBehalf {
  private final Callers callers;

  AskingPerson(Callers callers) {
    this.callers = callers;
  }

  @Override
  public String person() {
    return callers.find().map(Caller::person).orElseGet(ServiceName.GATEWAY::label);
  }
}
