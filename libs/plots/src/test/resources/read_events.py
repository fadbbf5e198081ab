"""Reads a folder of TensorBoard's event files, sharing no code with what wrote them, and prints
what is in them as JSON lines. With the argument "tensorboard" TensorBoard itself reads."""
import json
import pathlib
import struct
import sys


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 & -(crc & 1))
    return crc ^ 0xFFFFFFFF


def masked(data):
    crc = crc32c(data)
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def records(path):
    data = path.read_bytes()
    at = 0
    while at < len(data):
        length, length_crc = struct.unpack_from("<QI", data, at)
        body = data[at + 12:at + 12 + length]
        (body_crc,) = struct.unpack_from("<I", data, at + 12 + length)
        assert masked(data[at:at + 8]) == length_crc, "checksum of a length"
        assert masked(body) == body_crc, "checksum of a record"
        yield body
        at += 16 + length


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def fields(data):
    at, found = 0, {}
    while at < len(data):
        key, at = varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = varint(data, at)
        elif kind == 1:
            value, at = struct.unpack_from("<d", data, at)[0], at + 8
        elif kind == 5:
            value, at = struct.unpack_from("<f", data, at)[0], at + 4
        else:
            assert kind == 2, kind
            length, at = varint(data, at)
            value, at = data[at:at + length], at + length
        found[key >> 3] = value
    return found


def by_hand(folder):
    for path in sorted(folder.iterdir()):
        for record in records(path):
            event = fields(record)
            out = {"wall_time": event[1], "step": event[2]}
            if 3 in event:
                out["file_version"] = event[3].decode()
            if 7 in event:
                out["status"] = fields(event[7])[1]
            if 5 in event:
                value = fields(fields(event[5])[1])
                out["tag"] = value[1].decode()
                if 2 in value:
                    out["scalar"] = value[2]
                if 4 in value:
                    image = fields(value[4])
                    out["image"] = [image[1], image[2], image[3], len(image[4])]
                if 8 in value:
                    tensor = fields(value[8])
                    assert tensor[1] == 7 and fields(fields(tensor[2])[2])[1] == 1
                    out["plugin"] = fields(fields(value[9])[1])[1].decode()
                    out["text"] = tensor[8].decode()
            print(json.dumps(out))


def by_tensorboard(folder):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(str(folder), size_guidance={"scalars": 0, "images": 0, "tensors": 0})
    events.Reload()
    for tag in events.Tags()["scalars"]:
        for e in events.Scalars(tag):
            print(json.dumps({"tag": tag, "step": e.step, "scalar": e.value}))
    for tag in events.Tags()["images"]:
        for e in events.Images(tag):
            image = [e.height, e.width, 3, len(e.encoded_image_string)]
            print(json.dumps({"tag": tag, "step": e.step, "image": image}))
    for tag in events.Tags()["tensors"]:
        for e in events.Tensors(tag):
            text = e.tensor_proto.string_val[0].decode()
            print(json.dumps({"tag": tag, "step": e.step, "text": text}))


folder = pathlib.Path(sys.argv[1])
by_tensorboard(folder) if sys.argv[2:] == ["tensorboard"] else by_hand(folder)
