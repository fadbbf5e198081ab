package org.medtransformers.service.event;

import jakarta.inject.Singleton;
import org.medtransformers.service.concurrent.WakeUp;

/** Tells the relay of an event that was just committed. */
@Singleton
final class OutboxSignal extends WakeUp {}
