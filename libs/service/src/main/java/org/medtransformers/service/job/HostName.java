package org.medtransformers.service.job;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine or pod, for people who look into the job table. */
final class HostName {
  private HostName() {}

  static String get() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
