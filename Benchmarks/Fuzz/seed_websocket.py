"""Writes seeds of fuzz-websocket, fuzz-inflater and fuzz-extensions: seed_websocket.py FOLDER.

FOLDER gets a folder for each target. The frames are those of RFC 6455, section 5.7, and of RFC 7692, section 7.2.3,
and what Python's zlib compresses; the fields are the examples of RFC 7692, section 7.1.
"""
import os
import sys
import zlib

folder = sys.argv[1]


def write(target, seeds):
    os.makedirs(os.path.join(folder, target), exist_ok=True)
    for index, seed in enumerate(seeds):
        with open(os.path.join(folder, target, f"seed-{index:03}"), "wb") as file:
            file.write(seed)


def deflated(data, bits=15, level=6, flush=zlib.Z_SYNC_FLUSH):
    compressor = zlib.compressobj(level, zlib.DEFLATED, -bits)
    data = compressor.compress(data) + compressor.flush(flush)
    return data[:-4] if flush == zlib.Z_SYNC_FLUSH else data


def frame(first, payload, mask=None):
    """A frame with the shortest length, masked with four bytes where they are given."""
    count = len(payload)
    masked = 0 if mask is None else 0x80
    if count < 126:
        head = bytes([first, masked | count])
    elif count < 65536:
        head = bytes([first, masked | 126]) + count.to_bytes(2, "big")
    else:
        head = bytes([first, masked | 127]) + count.to_bytes(8, "big")
    if mask is None:
        return head + payload
    return head + mask + bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))


KEY = bytes.fromhex("37fa213d")
HELLO = bytes.fromhex("f248cdc9c90700")

# RFC 6455, section 5.7; the first byte of each seed is the end (0 the client) and the settings.
plain = [
    frame(0x81, b"Hello"),
    frame(0x01, b"Hel") + frame(0x80, b"lo"),
    frame(0x89, b"Hello") + frame(0x8A, b"Hello"),
    frame(0x82, bytes(range(256))),
    frame(0x82, bytes(65536 // 32)),
    frame(0x88, b"\x03\xe8bye"),
    frame(0x88, b"\x03"),
    frame(0x88, b"\x03\xed"),
    frame(0x88, b""),
    frame(0x01, "grü".encode()[:3]) + frame(0x89, b"") + frame(0x80, "grü".encode()[3:] + b"ezi"),
    frame(0x81, b"\xed\xa0\x80"),
    frame(0xB1, b"Hello"),
    frame(0x83, b""),
    frame(0x09, b"half a ping"),
    frame(0x80, b"of nothing"),
    b"\x82\x7e\x00\x05Hello",
    b"\x82\x7f\x00\x00\x00\x00\x00\x00\x00\x05Hello",
    b"\x82\x7f\x80\x00\x00\x00\x00\x00\x00\x00",
]
masked = [frame(0x81, b"Hello", KEY), frame(0x89, b"", KEY) + frame(0x88, b"\x0f\xa0", KEY)]
# RFC 7692, section 7.2.3.
compressed = [
    frame(0xC1, HELLO),
    frame(0x41, HELLO[:3]) + frame(0x80, HELLO[3:]),
    frame(0xC1, HELLO) + frame(0xC1, bytes.fromhex("f200110000")),
    frame(0xC1, bytes.fromhex("000500faff48656c6c6f00")),
    frame(0xC1, bytes.fromhex("f348cdc9c9070000")),
    frame(0xC1, bytes.fromhex("f248050000 00ffff cac9c90700".replace(" ", ""))),
    frame(0xC2, deflated(bytes(4000))),
    frame(0xC1, HELLO) + frame(0xC0, HELLO),
]
write(
    "websocket",
    [bytes([0, 3, 2]) + seed for seed in plain]
    + [bytes([1, 3, 2]) + seed for seed in masked]
    + [bytes([settings, 3, 2]) + seed for seed in compressed for settings in (2, 10)],
)

words = b" ".join(b"word%d" % (number % 17) for number in range(120))
payloads = [
    HELLO, bytes.fromhex("f200110000"), bytes.fromhex("f348cdc9c9070000"), b"\x00", b"\x06",
    bytes.fromhex("000500faff48656c6c6f00"),
    deflated(words), deflated(words, 9), deflated(words, level=1), deflated(words, level=0),
    deflated(words, flush=zlib.Z_FINISH), deflated(bytes(60000)), deflated(b""),
    deflated(bytes(range(256)) * 4), deflated("grüezi 👋 ".encode() * 50),
]
write(
    "inflater",
    [bytes([settings, len(payload)]) + payload + payload
     for payload in payloads if len(payload) < 256 for settings in (0, 35)]
    + [bytes([24, 0]) + payload for payload in payloads],
)

write(
    "extensions",
    [
        b"permessage-deflate",
        b"permessage-deflate; client_max_window_bits; server_max_window_bits=10",
        b"permessage-deflate; client_max_window_bits; server_max_window_bits=10, permessage-deflate; "
        b"client_max_window_bits",
        b"permessage-deflate; server_no_context_takeover; client_no_context_takeover",
        b"permessage-deflate; server_max_window_bits=\"12\"",
        b"permessage-foo; use_y, permessage-deflate",
        b"permessage-deflate; server_max_window_bits=08",
        b"permessage-deflate; server_max_window_bits=10; server_max_window_bits=10",
        b"x-webkit-deflate-frame",
    ],
)
