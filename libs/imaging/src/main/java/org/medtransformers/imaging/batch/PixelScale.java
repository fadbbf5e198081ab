package org.medtransformers.imaging.batch;

import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.imaging.Image;

/**
 * Bytes to floats, channels first: torchvision's {@code ToTensor} and, where asked, {@code
 * Normalize}, both in single precision.
 */
public final class PixelScale {
  private final float[][] tables;

  private PixelScale(float[][] tables) {
    this.tables = tables;
  }

  /** To [0, 1]. */
  static PixelScale unit(DatasetDescription dataset) {
    float[][] tables = new float[dataset.channels()][256];
    for (float[] table : tables) {
      for (int value = 0; value < 256; value++) {
        table[value] = value / 255f;
      }
    }
    return new PixelScale(tables);
  }

  /** To [0, 1], minus the data set's mean, divided by its standard deviation. */
  public static PixelScale normalized(DatasetDescription dataset) {
    float[][] tables = unit(dataset).tables;
    for (int channel = 0; channel < tables.length; channel++) {
      float mean = dataset.mean().get(channel).floatValue();
      float std = dataset.std().get(channel).floatValue();
      for (int value = 0; value < 256; value++) {
        tables[channel][value] = (tables[channel][value] - mean) / std;
      }
    }
    return new PixelScale(tables);
  }

  /** The byte of each channel that comes nearest to {@code value}. */
  byte[] colour(double value) {
    byte[] colour = new byte[tables.length];
    for (int channel = 0; channel < tables.length; channel++) {
      float[] table = tables[channel];
      double level = 255 * (value - table[0]) / (table[255] - table[0]);
      colour[channel] = (byte) Math.max(0, Math.min(255, Math.rint(level)));
    }
    return colour;
  }

  /** The value of each byte: F32 [channels, 256]. */
  Tensor values() {
    float[] all = new float[tables.length * 256];
    for (int channel = 0; channel < tables.length; channel++) {
      System.arraycopy(tables[channel], 0, all, channel * 256, 256);
    }
    return Tensor.ofFloats(all, tables.length, 256);
  }

  /** Writes {@code image} to {@code out} as [channels, height, width]. */
  public void convert(Image image, float[] out) {
    byte[] data = image.data();
    int plane = image.height() * image.width();
    if (image.channels() == 1) {
      for (int i = 0; i < plane; i++) {
        out[i] = tables[0][data[i] & 0xFF];
      }
      return;
    }
    float[] red = tables[0];
    float[] green = tables[1];
    float[] blue = tables[2];
    for (int i = 0, p = 0; i < plane; i++, p += 3) {
      out[i] = red[data[p] & 0xFF];
      out[plane + i] = green[data[p + 1] & 0xFF];
      out[2 * plane + i] = blue[data[p + 2] & 0xFF];
    }
  }
}
