package org.medtransformers.gateway.access;

/** Labels of {@link org.medtransformers.contracts.access.Role}, for annotations. */
public final class Roles {
  public static final String VIEWER = "viewer";
  public static final String RESEARCHER = "researcher";
  public static final String OPERATOR = "operator";
  public static final String ADMIN = "admin";

  private Roles() {}
}
