package org.medtransformers.gateway.audit;

import java.util.UUID;
import java.util.regex.Pattern;
import org.medtransformers.contracts.access.Role;
import org.medtransformers.contracts.audit.AuditAction;
import org.medtransformers.gateway.access.Caller;

/**
 * What somebody wants to do, or does.
 *
 * @param person null where it is not known
 * @param role null where it does not matter
 * @param token by which a program asks; null: the person does
 * @param object id of what it is done to, as it was sent but for characters that cannot be shown
 *     and what is longer than an id; null where there is none yet
 * @param remote address from which it is asked; null for what comes by the broker
 */
public record Deed(
    String person,
    String team,
    Role role,
    UUID token,
    AuditAction action,
    String object,
    String remote) {
  private static final int LONGEST = 200;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  public Deed {
    if (object != null) {
      String shown = CONTROL.matcher(object).replaceAll("\uFFFD");
      object = shown.substring(0, Math.min(LONGEST, shown.length()));
    }
  }

  /**
   * One of {@code caller}.
   *
   * @param caller null where it is not known
   */
  public static Deed of(Caller caller, AuditAction action, String object, String remote) {
    return caller == null
        ? new Deed(null, null, null, null, action, object, remote)
        : new Deed(
            caller.person(), caller.team(), caller.role(), caller.token(), action, object, remote);
  }
}
