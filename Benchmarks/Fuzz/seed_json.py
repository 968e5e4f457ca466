"""Writes the seeds of fuzz-json from the test data: seed_json.py FOLDER."""
import json
import os
import sys

root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../testdata")
folder = sys.argv[1]
seeds = []


def load(path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return json.load(file)


def text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


for name in ["arrays", "french", "structures", "unicode", "values", "weird"]:
    with open(os.path.join(root, f"json-canonicalization/testdata/input/{name}.json"), "rb") as file:
        data = file.read()
    seeds.append(b"\x00" + data)
    seeds.append(b"\x01" + text(json.loads(data)) + b"\n" + text(json.loads(data)))
for test in load("jsonpath-cts/cts.json")["tests"][::6]:
    seeds.append(b"\x02" + test["selector"].encode() + b"\n" + text(test.get("document")))
for test in load("json-patch-tests/tests.json")[::2]:
    if "patch" in test:
        seeds.append(b"\x03" + text(test["patch"]) + b"\n" + text(test["doc"]))
        if "expected" in test:
            seeds.append(b"\x01" + text(test["doc"]) + b"\n" + text(test["expected"]))
for index, seed in enumerate(seeds):
    with open(os.path.join(folder, f"seed-{index:03}"), "wb") as file:
        file.write(seed)
