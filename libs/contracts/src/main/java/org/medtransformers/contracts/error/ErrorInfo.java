package org.medtransformers.contracts.error;

/** An error as it travels: code for programs, message for people. */
public record ErrorInfo(ErrorCode code, String message) {}
