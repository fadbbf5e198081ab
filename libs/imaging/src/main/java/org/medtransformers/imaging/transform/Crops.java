package org.medtransformers.imaging.transform;

import org.medtransformers.imaging.Image;

/** Cutting, padding and mirroring. */
final class Crops {
  private Crops() {}

  /** The pixels of {@code box}, black where it reaches over the edge. */
  static Image cut(Image image, Box box) {
    boolean whole =
        box.top() == 0
            && box.left() == 0
            && box.height() == image.height()
            && box.width() == image.width();
    if (whole) {
      return image;
    }
    Image out = Image.black(box.height(), box.width(), image.channels());
    int top = Math.max(0, -box.top());
    int bottom = Math.min(box.height(), image.height() - box.top());
    int left = Math.max(0, -box.left());
    int right = Math.min(box.width(), image.width() - box.left());
    if (left >= right) {
      return out;
    }
    int bytes = (right - left) * image.channels();
    for (int y = top; y < bottom; y++) {
      int from = ((box.top() + y) * image.width() + box.left() + left) * image.channels();
      int to = (y * box.width() + left) * image.channels();
      System.arraycopy(image.data(), from, out.data(), to, bytes);
    }
    return out;
  }

  /**
   * Where torchvision's {@code center_crop} cuts: a larger target is padded first, then the offset
   * of what is left over is rounded half to even.
   */
  static Box centre(Image image, int height, int width) {
    return new Box(centre(image.height(), height), centre(image.width(), width), height, width);
  }

  private static int centre(int size, int target) {
    if (target > size) {
      return -((target - size) / 2);
    }
    return (int) Math.rint((size - target) / 2.0);
  }

  static Image mirrored(Image image) {
    int rowBytes = image.width() * image.channels();
    byte[] out = new byte[image.data().length];
    for (int start = 0; start < out.length; start += rowBytes) {
      if (image.channels() == 1) {
        mirrorGrey(image.data(), out, start, start + rowBytes - 1);
      } else {
        mirrorColour(image.data(), out, start, start + rowBytes - 3);
      }
    }
    return new Image(out, image.height(), image.width(), image.channels());
  }

  private static void mirrorGrey(byte[] in, byte[] out, int start, int last) {
    for (int from = start, to = last; to >= start; from++, to--) {
      out[to] = in[from];
    }
  }

  private static void mirrorColour(byte[] in, byte[] out, int start, int last) {
    for (int from = start, to = last; to >= start; from += 3, to -= 3) {
      out[to] = in[from];
      out[to + 1] = in[from + 1];
      out[to + 2] = in[from + 2];
    }
  }

  static Image upsideDown(Image image) {
    int rowBytes = image.width() * image.channels();
    byte[] out = new byte[image.data().length];
    for (int y = 0; y < image.height(); y++) {
      int to = (image.height() - 1 - y) * rowBytes;
      System.arraycopy(image.data(), y * rowBytes, out, to, rowBytes);
    }
    return new Image(out, image.height(), image.width(), image.channels());
  }
}
