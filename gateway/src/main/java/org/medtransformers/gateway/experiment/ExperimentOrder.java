package org.medtransformers.gateway.experiment;

/** What experiments are ordered by; those alike, the newest first. */
public enum ExperimentOrder {
  NEWEST("e.createdAt desc"),
  OLDEST("e.createdAt"),
  NAME("lower(e.name)"),
  NAME_FALLING("lower(e.name) desc"),
  STATE("e.state"),
  STATE_FALLING("e.state desc"),
  OWNER("lower(e.owner)"),
  OWNER_FALLING("lower(e.owner) desc");

  private final String hql;

  ExperimentOrder(String hql) {
    this.hql = hql;
  }

  String hql() {
    return hql + ", e.createdAt desc, e.id";
  }

  /** By the name of a field, with a minus before it where the largest comes first. */
  public static ExperimentOrder of(String sort) {
    return switch (sort) {
      case "created" -> OLDEST;
      case "-created" -> NEWEST;
      case "name" -> NAME;
      case "-name" -> NAME_FALLING;
      case "state" -> STATE;
      case "-state" -> STATE_FALLING;
      case "owner" -> OWNER;
      case "-owner" -> OWNER_FALLING;
      default -> throw new IllegalArgumentException("no order: " + sort);
    };
  }
}
