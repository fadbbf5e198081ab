package org.medtransformers.learning.weights;

import java.util.HashMap;
import java.util.Map;
import org.medtransformers.contracts.tensor.DType;

/**
 * What a name in a pickle stands for. Names are looked up in the table below and nowhere else: no
 * class is ever loaded, and a name that is not in it ends the reading.
 */
sealed interface Global {
  /** The type of a storage's elements, such as {@code torch.FloatStorage}. */
  record StorageType(DType dtype) implements Global {}

  /** The type of a tensor's elements, such as {@code torch.float32}. */
  record ElementType(DType dtype) implements Global {}

  /** Something that a pickle may call. */
  enum Function implements Global {
    /** {@code _rebuild_tensor(storage, offset, size, stride)} */
    TENSOR,
    /** The same with (…, requires_grad, backward_hooks[, metadata]). */
    TENSOR_V2,
    /** The same with (…, requires_grad, backward_hooks, dtype[, metadata]). */
    TENSOR_V3,
    /** {@code _rebuild_parameter(tensor, …)}: the tensor. */
    PARAMETER,
    /** {@code _rebuild_from_type_v2(function, type, arguments, attributes)}: the tensor. */
    TENSOR_WITH_ATTRIBUTES,
    /** A dictionary. */
    DICTIONARY,
    /** An object that is read as the dictionary of its attributes. */
    NAMESPACE,
    /** Something that weights do not need: its arguments stand for it. */
    INERT
  }

  /** Allowed as an argument only, such as {@code torch.Tensor}. */
  enum Marker implements Global {
    TENSOR_TYPE
  }

  /** What {@code module.name} stands for, or null if it is not allowed. */
  static Global of(String module, String name) {
    return Table.ALLOWED.get(module + "." + name);
  }

  /** The allow-list. */
  final class Table {
    private static final Map<String, Global> ALLOWED = allowed();

    private Table() {}

    private static Map<String, Global> allowed() {
      Map<String, Global> allowed = new HashMap<>();
      addFunctions(allowed);
      addElementTypes(allowed);
      addStorages(allowed);
      return Map.copyOf(allowed);
    }

    private static void addFunctions(Map<String, Global> to) {
      to.put("torch._utils._rebuild_tensor", Function.TENSOR);
      to.put("torch._utils._rebuild_tensor_v2", Function.TENSOR_V2);
      to.put("torch._utils._rebuild_tensor_v3", Function.TENSOR_V3);
      to.put("torch._utils._rebuild_parameter", Function.PARAMETER);
      to.put("torch._utils._rebuild_parameter_with_state", Function.PARAMETER);
      to.put("torch._tensor._rebuild_from_type_v2", Function.TENSOR_WITH_ATTRIBUTES);
      to.put("torch.Tensor", Marker.TENSOR_TYPE);
      to.put("torch.nn.parameter.Parameter", Marker.TENSOR_TYPE);
      to.put("collections.OrderedDict", Function.DICTIONARY);
      to.put("collections.Counter", Function.DICTIONARY);
      to.put("argparse.Namespace", Function.NAMESPACE);
      to.put("easydict.EasyDict", Function.NAMESPACE);
      to.put("torch.Size", Function.INERT);
      to.put("torch.device", Function.INERT);
      // Bytes and sets as protocol 2 writes them.
      to.put("_codecs.encode", Function.INERT);
      for (String builtins : new String[] {"__builtin__", "builtins"}) {
        to.put(builtins + ".set", Function.INERT);
        to.put(builtins + ".frozenset", Function.INERT);
        to.put(builtins + ".bytearray", Function.INERT);
      }
    }

    private static void addElementTypes(Map<String, Global> to) {
      Map<String, DType> types =
          Map.ofEntries(
              Map.entry("float32", DType.F32),
              Map.entry("float64", DType.F64),
              Map.entry("float16", DType.F16),
              Map.entry("bfloat16", DType.BF16),
              Map.entry("int64", DType.I64),
              Map.entry("int32", DType.I32),
              Map.entry("int16", DType.I16),
              Map.entry("int8", DType.I8),
              Map.entry("uint64", DType.U64),
              Map.entry("uint32", DType.U32),
              Map.entry("uint16", DType.U16),
              Map.entry("uint8", DType.U8),
              Map.entry("bool", DType.BOOL));
      types.forEach((name, dtype) -> to.put("torch." + name, new ElementType(dtype)));
    }

    private static void addStorages(Map<String, Global> to) {
      Map<String, DType> types =
          Map.of(
              "Float", DType.F32,
              "Double", DType.F64,
              "Half", DType.F16,
              "BFloat16", DType.BF16,
              "Long", DType.I64,
              "Int", DType.I32,
              "Short", DType.I16,
              "Char", DType.I8,
              "Byte", DType.U8,
              "Bool", DType.BOOL);
      types.forEach(
          (name, dtype) -> {
            to.put("torch." + name + "Storage", new StorageType(dtype));
            to.put("torch.cuda." + name + "Storage", new StorageType(dtype));
          });
      to.put("torch.storage.UntypedStorage", new StorageType(DType.U8));
      to.put("torch.storage._UntypedStorage", new StorageType(DType.U8));
    }
  }
}
