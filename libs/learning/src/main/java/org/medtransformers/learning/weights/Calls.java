package org.medtransformers.learning.weights;

import java.util.List;
import org.medtransformers.contracts.tensor.DType;

/** What comes of the calls that a pickle may make: descriptions and dictionaries, no more. */
final class Calls {
  private Calls() {}

  /** The result of {@code function(*arguments)}. */
  static Object call(Global.Function function, Tuple arguments) {
    return switch (function) {
      case TENSOR -> tensor(arguments, 4, 4, null);
      case TENSOR_V2 -> tensor(arguments, 6, 7, null);
      case TENSOR_V3 -> {
        requireSize(arguments, 7, 8);
        Object dtype = arguments.get(6);
        yield tensor(
            arguments, 7, 8, PickleValues.as(Global.ElementType.class, dtype, "a tensor's dtype"));
      }
      case PARAMETER -> {
        requireSize(arguments, 3, 4);
        yield PickleValues.as(StoredTensor.class, arguments.get(0), "a parameter's data");
      }
      case TENSOR_WITH_ATTRIBUTES -> withAttributes(arguments);
      case DICTIONARY -> dictionary(arguments);
      case NAMESPACE -> namespace(arguments);
      case INERT -> arguments;
    };
  }

  /** A storage, from the persistent id {@code ("storage", type, key, location, elements)}. */
  static Storage storage(Object persistentId) {
    Tuple id = PickleValues.as(Tuple.class, persistentId, "a persistent id");
    if (id.size() < 5 || id.size() > 6 || !"storage".equals(id.get(0))) {
      throw new UnreadableWeightsException("a persistent id does not name a storage");
    }
    if (id.size() == 6 && id.get(5) != null) {
      throw new UnreadableWeightsException(
          "a storage is a view of another one, as PyTorch before 0.4 wrote them; load and save the"
              + " file with a newer PyTorch");
    }
    Global.StorageType type =
        PickleValues.as(Global.StorageType.class, id.get(1), "a storage's type");
    long elements = PickleValues.whole(id.get(4), "a storage's number of elements");
    if (elements < 0) {
      throw new UnreadableWeightsException("a storage has " + elements + " elements");
    }
    return new Storage(PickleValues.text(id.get(2), "a storage's key"), type.dtype(), elements);
  }

  private static StoredTensor tensor(
      Tuple arguments, int least, int most, Global.ElementType elementType) {
    requireSize(arguments, least, most);
    Storage storage = PickleValues.as(Storage.class, arguments.get(0), "a tensor's storage");
    DType dtype = elementType == null ? storage.dtype() : elementType.dtype();
    if (most > least && arguments.size() == most) {
      requirePlain(arguments.get(most - 1));
    }
    return new StoredTensor(
        storage,
        dtype,
        PickleValues.whole(arguments.get(1), "a tensor's offset"),
        PickleValues.as(Tuple.class, arguments.get(2), "a tensor's shape").longs("a size"),
        PickleValues.as(Tuple.class, arguments.get(3), "a tensor's strides").longs("a stride"));
  }

  /** The metadata say whether a tensor is to be conjugated or negated when it is read. */
  private static void requirePlain(Object metadata) {
    if (metadata != null
        && PickleValues.as(Dict.class, metadata, "a tensor's metadata").size() > 0) {
      throw new UnreadableWeightsException(
          "a tensor is a conjugated or negated view; save it after resolve_conj() and"
              + " resolve_neg()");
    }
  }

  private static Object withAttributes(Tuple arguments) {
    requireSize(arguments, 4, 4);
    Global.Function function =
        PickleValues.as(Global.Function.class, arguments.get(0), "a tensor's function");
    boolean plain =
        function == Global.Function.TENSOR_V2
            || function == Global.Function.TENSOR_V3
            || function == Global.Function.PARAMETER;
    if (!plain || arguments.get(1) != Global.Marker.TENSOR_TYPE) {
      throw new UnreadableWeightsException("a tensor is of a type that is not read");
    }
    return call(function, PickleValues.as(Tuple.class, arguments.get(2), "a tensor's arguments"));
  }

  /** Python 2 hands over a list of pairs, a counter its counts. */
  private static Dict dictionary(Tuple arguments) {
    requireSize(arguments, 0, 1);
    if (arguments.size() == 0) {
      return Dict.dictionary();
    }
    if (arguments.get(0) instanceof Dict counts) {
      return counts;
    }
    Dict dictionary = Dict.dictionary();
    for (Object pair : PickleValues.as(List.class, arguments.get(0), "a dictionary's content")) {
      List<?> items = pair instanceof Tuple tuple ? tuple.items() : asList(pair);
      if (items.size() != 2) {
        throw new UnreadableWeightsException("a dictionary's content is not made of pairs");
      }
      dictionary.put(items.get(0), items.get(1));
    }
    return dictionary;
  }

  private static List<?> asList(Object value) {
    return PickleValues.as(List.class, value, "a dictionary's content");
  }

  private static Dict namespace(Tuple arguments) {
    requireSize(arguments, 0, 0);
    return Dict.namespace();
  }

  private static void requireSize(Tuple arguments, int least, int most) {
    if (arguments.size() < least || arguments.size() > most) {
      throw new UnreadableWeightsException(
          "a call has %d arguments, expected are %d to %d"
              .formatted(arguments.size(), least, most));
    }
  }
}
