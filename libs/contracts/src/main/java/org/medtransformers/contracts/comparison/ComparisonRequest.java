package org.medtransformers.contracts.comparison;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Asks for a comparison; what is null is chosen.
 *
 * @param data absolute path of a folder of images, or of a file that describes or holds them
 * @param time that the whole may take, such as {@code 30m}, {@code 2h} or {@code overnight}
 */
public record ComparisonRequest(String data, String time, Question question, Options options) {
  /** Of a request that says none. */
  public static final String USUAL_TIME = "30m";

  public ComparisonRequest {
    time = time == null ? USUAL_TIME : time;
    question = question == null ? Question.ALL : question;
    options = options == null ? Options.NONE : options;
  }

  /**
   * What somebody decides instead of the rules; each null where they decide.
   *
   * @param repetitions seeds of every arm
   * @param imageSize pixels, square
   * @param name of the experiment
   * @param remeasure whether to measure the speed again though it is known
   */
  public record Options(
      Integer repetitions,
      @JsonProperty("image_size") Integer imageSize,
      String name,
      Boolean remeasure) {
    static final Options NONE = new Options(null, null, null, null);
  }
}
