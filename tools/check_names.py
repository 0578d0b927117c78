#!/usr/bin/env python3
"""Names in the unnamed namespaces of files that are compiled as one (cmake/quick_build.cmake) must differ, whichever eight come together.

    tools/check_names.py ROOT

Prints each name that two files of a room, or two tests of a program, share, and exits 1 when there is one; one that a header of the room,
of base/ or model/ has counts too. It reads what begins at the first column between `namespace {` and its end: a function, a constant, a
type. Functions may share a name where what they take differs."""
import pathlib
import re
import sys

ROOMS = ["base", "model", "crawler", "nlp", "store", "market", "query", "sales", "app", "cli"]
UNNAMED = re.compile(r"^namespace \{$(.*?)^\}  // namespace$", re.S | re.M)
CONSTANT = re.compile(r"^(?:static |inline )*(?:constexpr|const)\b[^=({;]*?\b(\w+)(?:\[[^\]]*\])*\s*(?:=|\{|;)", re.M)
TYPE = re.compile(r"^(?:(?:struct|class|enum class|enum)\s+(?!class\b)(\w+)[^;\n]*\{|using\s+(\w+)\s*=)", re.M)
OPEN_ENUM = re.compile(r"^enum\s+(?!class\b)[^{;]*\{([^}]*)\}", re.M)
FUNCTION = re.compile(r"^(?!struct|class|enum|using|return|//)[A-Za-z_][^\n;={}()]*?[\s*&]([a-z_]\w*)\(((?:[^()]|\([^()]*\))*)\)[^;]*?\{", re.M)


def parameters(text):
    """The types of what a function takes, without names and default values."""
    kinds = []
    for part in re.sub(r"<[^<>]*>", lambda m: m.group().replace(",", ";"), text).split(","):
        part = re.sub(r"=.*", "", part, flags=re.S)
        part = re.sub(r"\[\[maybe_unused\]\]", "", part)
        words = part.split()
        kinds.append(" ".join(words[:-1]) if len(words) > 1 else part.strip())
    return ", ".join(kinds)


def names(text):
    """Constants and types that stand at the first column."""
    for found in CONSTANT.finditer(text):
        yield found.group(1)
    for found in TYPE.finditer(text):
        yield found.group(1) or found.group(2)
    for values in OPEN_ENUM.findall(text):
        yield from re.findall(r"(?:^|,)\s*(\w+)", re.sub(r"//.*", "", values))


def unnamed(text):
    for space in UNNAMED.findall(text):
        yield from names(space)
        for found in FUNCTION.finditer(space):
            yield f"{found.group(1)}({parameters(found.group(2))})"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    root = pathlib.Path(sys.argv[1])
    clashes = 0
    for folder in ROOMS + [f"tests/{room}" for room in ROOMS]:
        where = {}
        for header in sorted(header for room in {"base", "model", folder} for header in (root / room).glob("*.h")):
            for name in set(names(header.read_text())):
                where.setdefault(name, []).append(header.name)
        for file in sorted((root / folder).glob("*.cpp")):
            for name in set(unnamed(file.read_text())):
                where.setdefault(name, []).append(file.name)
        for name, files in sorted(where.items()):
            if any(file.endswith(".cpp") for file in files) and len(files) > 1:
                clashes += 1
                print(f"{folder}: {name} in {', '.join(files)}")
    if clashes:
        print(f"{clashes} names stand in two files that may be compiled as one: rename one, or move it to where both find it", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
