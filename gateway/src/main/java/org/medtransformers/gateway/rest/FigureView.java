package org.medtransformers.gateway.rest;

import org.medtransformers.plots.figure.Figure;

/**
 * What can be looked at.
 *
 * @param name by which it is asked for
 * @param caption what it shows and how that was worked out
 * @param n what was counted
 */
public record FigureView(String name, String title, String caption, String n) {
  static FigureView of(Figure figure) {
    return new FigureView(figure.name(), figure.title(), figure.caption(), figure.n());
  }
}
