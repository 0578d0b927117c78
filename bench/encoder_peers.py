#!/usr/bin/env python3
"""The full tier's speed beside PyTorch with the same weights, in turn, on one core.

  VENV/bin/python bench/encoder_peers.py PROGRAM DATA_DIR [ROUNDS]

Needs the PyPI packages torch and tokenizers in VENV. The texts are 1,000 tweets of tweets.val.tsv. The full tier reads
English twice, its statements by the model of many languages; here a workspace leaves that one out, so that one encoder
stands beside one. PROGRAM's time is that of `analyze --tier full` less that of `--tier fast`, user seconds with one
thread, opening the model counted; PyTorch's is that of the forward pass over batches of 32 sorted by length, weights in
bfloat16, cutting texts into pieces not counted.
"""
import json
import os
import pathlib
import resource
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time

import torch
import torch.nn.functional as F
from tokenizers import BertWordPieceTokenizer

HEAD = 32


class Model:
    """The encoder of a model file, nlp/encoder.h."""

    def __init__(self, path, kind):
        data = path.read_bytes()
        size = struct.unpack("<Q", data[:8])[0]
        self.header = json.loads(data[8:8 + size])
        self.bytes = data[8 + size:]
        names = [n for n in self.header if n not in ("__metadata__", "vocabulary") and not n.endswith(".scale")]
        self.weights = {name: self.numbers(name).to(kind) for name in names}
        self.layers = sum(name.endswith(".inner") for name in names)

    def tensor(self, name):
        entry = self.header[name]
        begin, end = entry["data_offsets"]
        kind = {"F32": torch.float32, "I8": torch.int8, "U8": torch.uint8}[entry["dtype"]]
        return torch.frombuffer(bytearray(self.bytes[begin:end]), dtype=kind).reshape(entry["shape"])

    def numbers(self, name):
        found = self.tensor(name).float()
        scale = name + ".scale"
        return found * self.tensor(scale).float().reshape(-1, 1) if scale in self.header else found

    def vocabulary(self):
        return bytes(self.tensor("vocabulary").numpy()).decode()

    def norm(self, x, name):
        w = self.weights
        return F.layer_norm(x, x.shape[-1:], w[name + ".gain"], w[name + ".shift"], 1e-12)

    def linear(self, x, name):
        return F.linear(x, self.weights[name], self.weights[name + ".bias"])

    def run(self, batch):
        longest = max(map(len, batch))
        pieces = torch.zeros(len(batch), longest, dtype=torch.long)
        there = torch.zeros(len(batch), longest, dtype=torch.bool)
        for row, ids in enumerate(batch):
            pieces[row, :len(ids)] = torch.tensor(ids)
            there[row, :len(ids)] = True
        mask = None if bool(there.all()) else there[:, None, None, :]
        x = self.norm(self.weights["word"][pieces] + self.weights["position"][:longest], "norm")
        width = x.shape[-1]
        for i in range(self.layers):
            layer = f"layer.{i}."
            parts = self.linear(x, layer + "qkv").view(len(batch), longest, 3, width // HEAD, HEAD)
            q, k, v = parts.permute(2, 0, 3, 1, 4)
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2)
            x = self.norm(x + self.linear(mixed.reshape(len(batch), longest, width), layer + "out"), layer + "norm1")
            wide = F.gelu(self.linear(x, layer + "inner"))
            x = self.norm(x + self.linear(wide, layer + "outer"), layer + "norm2")
        return x


def pytorch_seconds(model, texts):
    ordered = sorted(texts, key=len)
    begin = time.process_time()
    for i in range(0, len(ordered), 32):
        model.run(ordered[i:i + 32])
    return time.process_time() - begin


def program_seconds(program, tier, lines, workspace):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run([program, "analyze", "--jsonl", "--threads", "1", "--tier", tier, "--workspace", workspace],
                   input=lines, text=True, stdout=subprocess.DEVNULL, check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def make_workspace(program, root, folder):
    """Its model of many languages is that of English, which finds no statements."""
    subprocess.run([program, "init", "--brand", "Palmo", "--yes"], cwd=folder, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    os.mkdir(os.path.join(folder, "models"))
    shutil.copy(root / "data" / "models" / "full.safetensors", os.path.join(folder, "models", "many.safetensors"))


def main():
    program, data = os.path.abspath(sys.argv[1]), sys.argv[2]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    root = pathlib.Path(__file__).resolve().parent.parent
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    lines = pathlib.Path(data, "tweets.val.tsv").read_text("utf-8").splitlines()[:1000]
    texts = [line.split("\t")[1] for line in lines]
    model = Model(root / "data" / "models" / "full.safetensors", torch.bfloat16)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(model.vocabulary())
        file.flush()
        cut = BertWordPieceTokenizer(file.name, lowercase=True)
    pieces = [each.ids[:128] for each in cut.encode_batch(texts)]
    documents = "".join(json.dumps({"text": text, "lang": "en"}) + "\n" for text in texts)
    model.run(pieces[:32])
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as workspace:
        make_workspace(program, root, workspace)
        for _ in range(rounds):
            fast = program_seconds(program, "fast", documents, workspace)
            ours.append(len(texts) / (program_seconds(program, "full", documents, workspace) - fast))
            theirs.append(len(texts) / pytorch_seconds(model, pieces))
            print(f"full tier {ours[-1]:.0f} texts/s, PyTorch {torch.__version__} bfloat16 {theirs[-1]:.0f}", flush=True)
    print(f"medians {statistics.median(ours):.0f} and {statistics.median(theirs):.0f}, "
          f"ratio {statistics.median(ours) / statistics.median(theirs):.2f}, "
          f"of the rounds {', '.join(f'{a / b:.2f}' for a, b in zip(ours, theirs))}")


if __name__ == "__main__":
    main()
