package org.medtransformers.imaging.codec;

import java.io.IOException;

/** The words of a PNM file: numbers between white space and comments. */
final class PnmTokens {
  private static final int MOST_DIGITS = 9;

  private final byte[] file;
  private int at;

  PnmTokens(byte[] file) {
    this.file = file;
  }

  /** The digit of the magic number; the next word is the width. */
  int magic() {
    at = 2;
    return file[1] - '0';
  }

  /**
   * @param what to call it in an error
   */
  int number(String what) throws IOException {
    skip();
    int value = 0;
    int start = at;
    for (; at < file.length && file[at] >= '0' && file[at] <= '9'; at++) {
      if (at - start == MOST_DIGITS) {
        throw new IOException("damaged: a %s of more than %d digits".formatted(what, MOST_DIGITS));
      }
      value = 10 * value + file[at] - '0';
    }
    if (at == start) {
      throw new IOException(
          at == file.length ? "truncated" : "damaged: no number where its " + what + " must be");
    }
    return value;
  }

  /** The first byte behind the header: one white space ends it. */
  int binaryStart() throws IOException {
    if (at >= file.length || !isSpace(file[at])) {
      throw new IOException(at >= file.length ? "truncated" : "damaged: no end of its header");
    }
    return at + 1;
  }

  private void skip() {
    while (at < file.length && (isSpace(file[at]) || file[at] == '#')) {
      if (file[at] == '#') {
        while (at < file.length && file[at] != '\n' && file[at] != '\r') {
          at++;
        }
      } else {
        at++;
      }
    }
  }

  static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }
}
