package org.medtransformers.service.job;

import jakarta.inject.Singleton;
import org.medtransformers.service.concurrent.WakeUp;

/** Tells the runner of a job that was just committed. */
@Singleton
final class JobSignal extends WakeUp {}
