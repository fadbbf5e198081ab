package org.medtransformers.learning.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one pickle of protocol 2 to 5 as plain data. It knows the instructions that state dicts
 * need and refuses all others, and the names of {@link Global} and no others, so nothing that a
 * pickle says is ever run. Memory is bounded by the pickle's length and by {@link #MAX_VALUES}.
 *
 * <p>None, True, False, whole numbers, floats, text, bytes, tuples and dictionaries become null,
 * Boolean, Long or BigInteger, Double, String, byte[], {@link Tuple} and {@link Dict}; lists and
 * sets become Lists; tensors become {@link StoredTensor}s.
 *
 * @see <a href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">the
 *     instructions</a>
 */
final class PickleMachine {
  /** Enough for a hundred thousand tensors. */
  private static final int MAX_VALUES = 3_000_000;

  private static final Object MARK = new Object();

  private final PickleInput input;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private final Map<String, Storage> storages = new LinkedHashMap<>();
  private int values;

  PickleMachine(PickleInput input) {
    this.input = input;
  }

  /** The storages that the pickle named, by key. */
  Map<String, Storage> storages() {
    return Collections.unmodifiableMap(storages);
  }

  /** Reads up to the end of the pickle and returns its value. */
  Object read() {
    while (true) {
      int instruction = input.unsignedByte();
      if (instruction == '.') {
        return pop();
      }
      if (!constant(instruction) && !container(instruction) && !reference(instruction)) {
        throw new UnreadableWeightsException(
            "the pickle contains the instruction 0x%02x at byte %d, which no state dict needs"
                .formatted(instruction, input.position() - 1));
      }
    }
  }

  /** Instructions that push a value of their own, and those that frame the pickle. */
  private boolean constant(int instruction) {
    switch (instruction) {
      case 0x80 -> requireProtocol(input.unsignedByte());
      case 0x95 -> input.requireFrame();
      case 'N' -> push(null);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'J' -> push((long) input.signedInt());
      case 'K' -> push((long) input.unsignedByte());
      case 'M' -> push((long) input.unsignedShort());
      case 0x8a -> push(input.wholeNumber(input.unsignedByte()));
      case 'G' -> push(input.bigEndianDouble());
      case 'X' -> push(input.utf8(input.unsignedInt()));
      case 0x8c, 'U' -> push(input.utf8(input.unsignedByte()));
      case 0x8d -> push(input.utf8(input.signedLong()));
      case 'T' -> push(input.utf8(input.signedInt()));
      case 'B' -> push(input.bytes(input.unsignedInt()));
      case 'C' -> push(input.bytes(input.unsignedByte()));
      case 0x8e, 0x96 -> push(input.bytes(input.signedLong()));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Instructions that make and fill containers. */
  private boolean container(int instruction) {
    switch (instruction) {
      case '(' -> push(MARK);
      case ')' -> push(new Tuple(List.of()));
      case 0x85 -> push(new Tuple(popped(1)));
      case 0x86 -> push(new Tuple(popped(2)));
      case 0x87 -> push(new Tuple(popped(3)));
      case 't' -> push(new Tuple(poppedToMark()));
      case ']', 0x8f -> push(new ArrayList<>());
      case 0x91 -> push(poppedToMark());
      case 'a' -> append(popped(1));
      case 'e', 0x90 -> append(poppedToMark());
      case '}' -> push(Dict.dictionary());
      case 's' -> put(popped(2));
      case 'u' -> put(poppedToMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Instructions that name, call and remember. */
  private boolean reference(int instruction) {
    switch (instruction) {
      case 'c' -> push(global(input.line(), input.line()));
      case 0x93 -> pushNamed(popped(2));
      case 'R' -> call(popped(2));
      case 0x81 -> make(popped(2));
      case 'b' -> build(pop());
      case 'Q' -> push(storage(pop()));
      case 'q' -> remember(input.unsignedByte());
      case 'r' -> remember(input.unsignedInt());
      case 0x94 -> remember(memo.size());
      case 'h' -> push(remembered(input.unsignedByte()));
      case 'j' -> push(remembered(input.unsignedInt()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void remember(long place) {
    charge(1);
    memo.put(place, top());
  }

  private static void requireProtocol(int protocol) {
    if (protocol < 2 || protocol > 5) {
      throw new UnreadableWeightsException("the pickle's protocol is " + protocol + ", not 2 to 5");
    }
  }

  private void pushNamed(List<Object> names) {
    push(
        global(
            PickleValues.text(names.get(0), "a module's name"),
            PickleValues.text(names.get(1), "a class's name")));
  }

  private static Global global(String module, String name) {
    Global known = Global.of(module, name);
    if (known == null) {
      throw new UnreadableWeightsException(
          "the pickle names %s.%s. Only tensors, their storages and plain data are read, nothing"
                  .formatted(module, name)
              + " was run; save the state dict alone");
    }
    return known;
  }

  private void call(List<Object> operands) {
    Global.Function function =
        PickleValues.as(Global.Function.class, operands.get(0), "what the pickle calls");
    Tuple arguments = PickleValues.as(Tuple.class, operands.get(1), "the arguments of a call");
    if (function == Global.Function.DICTIONARY
        && arguments.size() == 1
        && arguments.get(0) instanceof List<?> pairs) {
      charge(pairs.size());
    }
    push(Calls.call(function, arguments));
  }

  /** {@code class.__new__(class, *arguments)}: dictionaries and namespaces only. */
  private void make(List<Object> operands) {
    Object made = operands.get(0);
    if (made != Global.Function.DICTIONARY && made != Global.Function.NAMESPACE) {
      throw new UnreadableWeightsException("the pickle makes an object that is no dictionary");
    }
    call(operands);
  }

  /** Sets attributes of the object on top of the stack. */
  private void build(Object state) {
    Dict object = PickleValues.as(Dict.class, top(), "an object with attributes");
    Dict attributes = PickleValues.as(Dict.class, state, "the attributes of an object");
    charge(attributes.size());
    object.setAttributes(attributes);
  }

  private Storage storage(Object persistentId) {
    Storage storage = Calls.storage(persistentId);
    Storage known = storages.putIfAbsent(storage.key(), storage);
    if (known != null && !known.equals(storage)) {
      throw new UnreadableWeightsException(
          "storage %s is %s and %s at once".formatted(storage.key(), known, storage));
    }
    return storage;
  }

  private void append(List<Object> items) {
    @SuppressWarnings("unchecked")
    List<Object> list = PickleValues.as(List.class, top(), "what is appended to");
    list.addAll(items);
  }

  private void put(List<Object> keysAndValues) {
    Dict dictionary = PickleValues.as(Dict.class, top(), "what an item is set in");
    if (keysAndValues.size() % 2 != 0) {
      throw new UnreadableWeightsException("a dictionary has a key without a value");
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      dictionary.put(keysAndValues.get(i), keysAndValues.get(i + 1));
    }
  }

  private Object remembered(long index) {
    Object value = memo.get(index);
    if (value == null && !memo.containsKey(index)) {
      throw new UnreadableWeightsException("the pickle refers to what it did not say: " + index);
    }
    return value;
  }

  private void push(Object value) {
    charge(1);
    stack.add(value);
  }

  private void charge(int count) {
    values += count;
    if (values > MAX_VALUES) {
      throw new UnreadableWeightsException("the pickle has more than " + MAX_VALUES + " values");
    }
  }

  private Object top() {
    if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
      throw new UnreadableWeightsException("the pickle takes a value where there is none");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() {
    Object value = top();
    stack.remove(stack.size() - 1);
    return value;
  }

  /** The last {@code count} values, in the order in which they were pushed. */
  private List<Object> popped(int count) {
    List<Object> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(pop());
    }
    Collections.reverse(items);
    return items;
  }

  private List<Object> poppedToMark() {
    int mark = stack.lastIndexOf(MARK);
    if (mark < 0) {
      throw new UnreadableWeightsException("the pickle closes what it did not open");
    }
    List<Object> tail = stack.subList(mark + 1, stack.size());
    List<Object> items = new ArrayList<>(tail);
    tail.clear();
    stack.remove(mark);
    return items;
  }
}
