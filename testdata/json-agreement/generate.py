"""Makes JSON texts from a seed and says what Python's json module makes of each.

    generate.py COUNT SEED

For each text: a line "LENGTH VERDICT LENGTH", the text, and what Python read, written compactly with
numbers as they stand and repeated names kept. The verdict is "accepted", "refused", or "surrogate" where
Python accepts half a surrogate pair, which a Swift string cannot hold.
"""
import json
import random
import sys


class Number(str):
    pass


class Members(list):
    pass


def write(value, out):
    if isinstance(value, Number):
        out.append(value)
    elif isinstance(value, Members):
        out.append("{")
        for index, (name, member) in enumerate(value):
            if index:
                out.append(",")
            out.append(string(name) + ":")
            write(member, out)
        out.append("}")
    elif isinstance(value, list):
        out.append("[")
        for index, element in enumerate(value):
            if index:
                out.append(",")
            write(element, out)
        out.append("]")
    elif isinstance(value, str):
        out.append(string(value))
    else:
        out.append({None: "null", True: "true", False: "false"}[value])


def string(text):
    return json.dumps(text, ensure_ascii=False)


def refuse(name):
    raise ValueError(name)


def verdict(data):
    try:
        value = json.loads(data.decode("utf-8"), parse_int=Number, parse_float=Number,
                           parse_constant=refuse, object_pairs_hook=Members)
    except ValueError:
        return "refused", b""
    out = []
    write(value, out)
    try:
        return "accepted", "".join(out).encode("utf-8")
    except UnicodeEncodeError:
        return "surrogate", b""


def text_of(r):
    pieces = ["a", "id", " ", "é", "\u2028", "日本", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u0041",
              "\\u00e9", "\\ud83d\\ude00", "\\u0000", "\\b", "\x7f", "/", "e\u0301"]
    if r.random() < 0.02:
        pieces += ["\\ud800", "\\udc00x", "\\ud83d\\u0041"]
    return '"' + "".join(r.choice(pieces) for _ in range(r.randint(0, 8))) + '"'


def number_of(r):
    text = r.choice(["", "-"]) + str(r.choice([0, r.randint(1, 9), r.getrandbits(70)]))
    if r.random() < 0.4:
        text += "." + "".join(r.choice("0123456789") for _ in range(r.randint(1, 20)))
    if r.random() < 0.3:
        text += r.choice("eE") + r.choice(["", "+", "-"]) + str(r.randint(0, 999))
    return text


def space(r):
    return "" if r.random() < 0.8 else "".join(r.choice(" \t\r\n") for _ in range(r.randint(1, 4)))


def value_of(r, depth):
    kind = r.randint(0, 9 if depth else 6)
    if kind < 2:
        return text_of(r)
    if kind < 5:
        return number_of(r)
    if kind < 7:
        return r.choice(["null", "true", "false"])
    parts = []
    for _ in range(r.randint(0, 5)):
        part = space(r) + value_of(r, depth - 1) + space(r)
        parts.append(part if kind == 7 else space(r) + text_of(r) + space(r) + ":" + part)
    inside = ",".join(parts) or space(r)
    return "[" + inside + "]" if kind == 7 else "{" + inside + "}"


def broken(r, data):
    """A text with one to three bytes changed, taken out, put in, or moved."""
    data = bytearray(data)
    for _ in range(r.randint(1, 3)):
        at = r.randrange(len(data) + 1)
        action = r.randint(0, 3)
        if action == 0 and at < len(data):
            data[at] = r.choice(b'{}[]",:\\0123456789eE+-. \t\nutfn\x00\x1f\x80\xc3\xe2\xff/')
        elif action == 1:
            del data[at:at + r.randint(1, 3)]
        elif action == 2:
            data[at:at] = r.choice([b",", b'"', b"]", b"}", b"[", b"{", b"0", b"-", b".", b"e1", b":",
                                    b"NaN", b"\xef\xbb\xbf", b"\xc0\x80", b"\xed\xa0\x80", b"\x0b", b"//"])
        else:
            data = data[at:] + data[:at]
    return bytes(data)


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    r = random.Random(seed)
    out = sys.stdout.buffer
    for index in range(count):
        data = (space(r) + value_of(r, 4) + space(r)).encode("utf-8")
        if index % 2:
            data = broken(r, data)
        name, result = verdict(data)
        out.write(b"%d %s %d\n" % (len(data), name.encode(), len(result)))
        out.write(data)
        out.write(result)


main()
