package org.medtransformers.learning.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * Writes a module object as a pickle of protocol 2, the way {@code torch.jit.save} does: objects by
 * class and attributes, tensors by {@code torch._utils._rebuild_tensor_v2} over a storage that is
 * named by its number and lies outside of the pickle.
 */
final class ModulePickle {
  private static final byte[] PROTOCOL_2 = {(byte) 0x80, 2};
  private static final byte NEW_OBJECT = (byte) 0x81;
  private static final byte NEW_TRUE = (byte) 0x88;
  private static final byte NEW_FALSE = (byte) 0x89;
  private static final byte LONG_OF_N_BYTES = (byte) 0x8a;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Tensor> storages = new ArrayList<>();

  ModulePickle(ScriptModule module) {
    out.writeBytes(PROTOCOL_2);
    object(module);
    out.write('.');
  }

  /** The content of {@code data.pkl}. */
  byte[] bytes() {
    return out.toByteArray();
  }

  /** The tensors whose elements the pickle refers to, by number. */
  List<Tensor> storages() {
    return storages;
  }

  private void object(ScriptModule module) {
    global("__torch__", module.type());
    out.write(')');
    out.write(NEW_OBJECT);
    map(module.attributes());
    out.write('b');
  }

  private void map(Map<?, ?> map) {
    out.write('}');
    out.write('(');
    map.forEach(
        (key, item) -> {
          value(key);
          value(item);
        });
    out.write('u');
  }

  private void list(List<?> list) {
    out.write(']');
    out.write('(');
    list.forEach(this::value);
    out.write('e');
  }

  private void value(Object value) {
    if (value instanceof ScriptModule module) {
      object(module);
    } else if (value instanceof ScriptModule.Parameter parameter) {
      tensor(parameter.tensor(), true);
    } else if (value instanceof Tensor buffer) {
      tensor(buffer, false);
    } else if (value instanceof Map<?, ?> map) {
      map(map);
    } else if (value instanceof List<?> list) {
      list(list);
    } else {
      scalar(value);
    }
  }

  private void scalar(Object value) {
    if (value instanceof Boolean flag) {
      flag(flag);
    } else if (value instanceof Double number) {
      out.write('G');
      out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(number).array());
    } else if (value instanceof Integer number) {
      out.write('J');
      out.writeBytes(littleEndian(Integer.BYTES).putInt(number).array());
    } else if (value instanceof String text) {
      text(text);
    } else {
      throw new IllegalArgumentException("attribute of type " + value.getClass());
    }
  }

  /** Storage, offset, size, stride, whether it learns, hooks. */
  private void tensor(Tensor tensor, boolean learns) {
    global("torch._utils", "_rebuild_tensor_v2");
    out.write('(');
    storage(tensor);
    whole(0);
    tuple(tensor.shape());
    tuple(strides(tensor.shape()));
    flag(learns);
    global("collections", "OrderedDict");
    out.writeBytes(new byte[] {')', 'R', 't', 'R'});
  }

  private void storage(Tensor tensor) {
    out.write('(');
    text("storage");
    global("torch", storageType(tensor.dtype()));
    text(Integer.toString(storages.size()));
    text("cpu");
    whole(tensor.elements());
    out.writeBytes(new byte[] {'t', 'Q'});
    storages.add(tensor);
  }

  private static String storageType(DType dtype) {
    return switch (dtype) {
      case F32 -> "FloatStorage";
      case F64 -> "DoubleStorage";
      case I64 -> "LongStorage";
      case BOOL, U8, I8, U16, I16, F16, BF16, U32, I32, U64 ->
          throw new IllegalArgumentException("networks have no tensors of " + dtype);
    };
  }

  private static List<Long> strides(List<Long> shape) {
    List<Long> strides = new ArrayList<>();
    long stride = 1;
    for (int axis = shape.size() - 1; axis >= 0; axis--) {
      strides.add(0, stride);
      stride *= shape.get(axis);
    }
    return strides;
  }

  private void tuple(List<Long> values) {
    out.write('(');
    values.forEach(this::whole);
    out.write('t');
  }

  private void whole(long value) {
    out.write(LONG_OF_N_BYTES);
    out.write(Long.BYTES);
    out.writeBytes(littleEndian(Long.BYTES).putLong(value).array());
  }

  private void flag(boolean value) {
    out.write(value ? NEW_TRUE : NEW_FALSE);
  }

  private void global(String module, String name) {
    out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    out.writeBytes(littleEndian(Integer.BYTES).putInt(utf8.length).array());
    out.writeBytes(utf8);
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
