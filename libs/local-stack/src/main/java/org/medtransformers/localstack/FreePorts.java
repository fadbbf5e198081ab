package org.medtransformers.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1 that nobody listens on. All are below 32768, where Linux takes the ports of
 * outgoing connections from: a server that is restarted finds its port still free.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int END = 32_768;

  /** More than a stack has parts. */
  private static final int STRETCH = 16;

  /** What is left above the last place for who finds ports taken. */
  private static final int RESERVE = 1000;

  private FreePorts() {}

  /** Where {@code owner} begins to look for ports: the same each time, rarely another's. */
  static int placeOf(String owner) {
    int places = (END - RESERVE - FIRST) / STRETCH;
    return FIRST + STRETCH * Math.floorMod(owner.hashCode(), places);
  }

  /** A port that was free a moment ago. */
  public static int next() {
    return from(ThreadLocalRandom.current().nextInt(FIRST, END - RESERVE));
  }

  /** The first free port from {@code preferred} on. */
  public static int from(int preferred) {
    for (int port = preferred; port < END; port++) {
      if (isFree(port)) {
        return port;
      }
    }
    throw new StackException("no free port between " + preferred + " and " + END);
  }

  /** Whether one could listen on {@code port} now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
