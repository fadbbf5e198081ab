package org.medtransformers.service;

import org.medtransformers.contracts.event.Topics;
import org.medtransformers.localstack.testing.LocalStackTestResource;

/** One broker and one database for all tests of this module. */
public final class ServiceTestStack extends LocalStackTestResource {
  public ServiceTestStack() {
    super("service", Topics.all());
  }
}
