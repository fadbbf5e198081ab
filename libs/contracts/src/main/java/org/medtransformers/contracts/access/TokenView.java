package org.medtransformers.contracts.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A token of a program, without what makes it one.
 *
 * @param name by which its owner tells it from others
 * @param person whose rights the program has, as far as {@code role} goes
 * @param used when a program came with it last, to the minute; null: never
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TokenView(
    String id,
    String name,
    String person,
    String team,
    Role role,
    Instant created,
    Instant expires,
    Instant used) {}
