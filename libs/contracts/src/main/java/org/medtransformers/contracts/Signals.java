package org.medtransformers.contracts;

import java.lang.reflect.Proxy;

/**
 * Operating system signals. A shutdown hook would not do: it never hears of the second Ctrl-C.
 * {@code sun.misc.Signal} is exported by {@code jdk.unsupported} in every JDK; it is reached by
 * reflection because a compiler that takes warnings for errors refuses its name.
 */
public final class Signals {
  private Signals() {}

  /** From now on {@code action} is what {@code INT}, {@code TERM} or {@code HUP} does. */
  public static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java cannot handle signal " + name, e);
    }
  }
}
