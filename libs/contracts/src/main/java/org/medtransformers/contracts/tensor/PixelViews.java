package org.medtransformers.contracts.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Views of a batch as they travel: {@code view.<number>} is F32 [n, channels, height, width], or a
 * quarter of that as U8 beside {@code values.<number>}, F32 [channels, 256], which has the float
 * that each byte stands for.
 */
public final class PixelViews {
  private static final int LEVELS = 256;

  private PixelViews() {}

  /** The name of a view in the batch's safetensors. */
  public static String view(int number) {
    return "view." + number;
  }

  /** The name of the table of a view in bytes. */
  public static String values(int number) {
    return "values." + number;
  }

  /**
   * All views of a batch in floats, of which the crops of one element may be several.
   *
   * @throws MalformedSafetensorsException if there is none, or a table does not fit
   */
  public static List<Tensor> floats(Safetensors batch) {
    List<Tensor> views = new ArrayList<>();
    while (views.isEmpty() || batch.tensors().containsKey(view(views.size()))) {
      views.add(floats(batch, views.size()));
    }
    return views;
  }

  /**
   * View {@code number} of a batch in floats.
   *
   * @throws MalformedSafetensorsException if there is none, or its table does not fit
   */
  public static Tensor floats(Safetensors batch, int number) {
    Tensor view = batch.get(view(number));
    return view.dtype() == DType.U8 ? floats(view, batch.get(values(number))) : view;
  }

  private static Tensor floats(Tensor bytes, Tensor values) {
    if (bytes.shape().size() != 4
        || values.dtype() != DType.F32
        || !values.shape().equals(List.of(bytes.shape().get(1), (long) LEVELS))) {
      throw new MalformedSafetensorsException(
          "values are %s %s for a view of %s"
              .formatted(values.dtype(), values.shape(), bytes.shape()));
    }
    float[] tables = values.floats();
    int plane = Math.toIntExact(bytes.shape().get(2) * bytes.shape().get(3));
    ByteBuffer floats =
        ByteBuffer.allocate(Math.multiplyExact(bytes.elements(), DType.F32.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    look(bytes.data(), tables, plane, floats.asFloatBuffer());
    return new Tensor(DType.F32, bytes.shape(), floats);
  }

  /** Plane by plane, as the channels have tables of their own. */
  private static void look(ByteBuffer bytes, float[] tables, int plane, FloatBuffer floats) {
    byte[] in = new byte[plane];
    float[] out = new float[plane];
    for (int table = 0; bytes.hasRemaining(); table = (table + LEVELS) % tables.length) {
      bytes.get(in);
      for (int i = 0; i < plane; i++) {
        out[i] = tables[table + (in[i] & 0xFF)];
      }
      floats.put(out);
    }
  }
}
