package org.medtransformers.gateway.peer;

import org.medtransformers.contracts.ServiceName;

/** A service beside this one. */
public enum Peer {
  DATA(ServiceName.DATA),
  TRAINER(ServiceName.TRAINER),
  EVAL(ServiceName.EVAL);

  private final ServiceName service;

  Peer(ServiceName service) {
    this.service = service;
  }

  ServiceName service() {
    return service;
  }

  /** As people and settings name it. */
  public String label() {
    return service.label();
  }
}
