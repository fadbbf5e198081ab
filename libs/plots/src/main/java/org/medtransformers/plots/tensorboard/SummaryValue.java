package org.medtransformers.plots.tensorboard;

import java.nio.ByteBuffer;

/** {@code Summary.Value} messages of TensorFlow, as PyTorch's {@code SummaryWriter} fills them. */
final class SummaryValue {
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int IMAGE = 4;
  private static final int TENSOR = 8;
  private static final int METADATA = 9;

  /** TensorFlow's number of its type of strings. */
  private static final int DT_STRING = 7;

  private static final int RGB = 3;

  /** Where a PNG file has its width, followed by its height. */
  private static final int PNG_SIZE = 16;

  private SummaryValue() {}

  static Message scalar(String tag, float value) {
    return new Message().text(TAG, tag).floatValue(SIMPLE_VALUE, value);
  }

  static Message image(String tag, byte[] png) {
    ByteBuffer header = ByteBuffer.wrap(png);
    Message image =
        new Message()
            .number(1, header.getInt(PNG_SIZE + Integer.BYTES))
            .number(2, header.getInt(PNG_SIZE))
            .number(3, RGB)
            .bytes(4, png);
    return new Message().text(TAG, tag).message(IMAGE, image);
  }

  static Message text(String tag, String markdown) {
    Message plugin = new Message().text(1, "text");
    Message shape = new Message().message(2, new Message().number(1, 1));
    Message tensor = new Message().number(1, DT_STRING).message(2, shape).text(8, markdown);
    return new Message()
        .text(TAG, tag)
        .message(METADATA, new Message().message(1, plugin))
        .message(TENSOR, tensor);
  }
}
