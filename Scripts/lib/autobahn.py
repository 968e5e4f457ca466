"""Runs the Autobahn cases against the conformance program, as its server and as its client, and tells what came.

    python3 Scripts/lib/autobahn.py CONFORMANCE [--all] [--table FILE]

Exit 0 when no case failed. Needs kosoku, which executes the cases of the Autobahn suite.
"""

import argparse
import asyncio
import collections
import datetime
import importlib.metadata
import sys
import time

import kosoku

# Limits (9), compression (12 and 13): the first and second take long, the third needs an end that compresses.
LONG = ["9.*", "12.*", "13.*"]


# Served only to a client that offers to compress each message by itself.
ALONE = ["13.2.*", "13.5.*", "13.6.*"]


async def as_client(program, exclude):
    """Our client against the fuzzing server, with the offers that the cases need."""
    results = await serve(program, None, (exclude or []) + ALONE)
    if exclude is None:
        results += await serve(program, ALONE, None, "--client-no-context-takeover")
    return sorted(results, key=lambda result: [int(part) for part in result.case_id.split(".")])


async def serve(program, include, exclude, *options):
    async with kosoku.run_fuzzingserver(include, exclude, port=0) as server:
        arguments = ["ws-client", f"ws://{server.address}:{server.port}", "--agent", "harness", "--deflate"]
        client = await asyncio.create_subprocess_exec(
            program, *arguments, *options, stdout=asyncio.subprocess.DEVNULL
        )
        try:
            return await server.get_result()
        except kosoku.FailureError as failure:
            return failure.results
        finally:
            if client.returncode is None:
                try:
                    await asyncio.wait_for(client.wait(), 10)
                except asyncio.TimeoutError:
                    client.kill()


async def as_server(program, exclude):
    """The fuzzing client against our server."""
    server = await asyncio.create_subprocess_exec(
        program, "ws-server", "--deflate", stdout=asyncio.subprocess.PIPE
    )
    try:
        line = (await server.stdout.readline()).decode()
        url = line.removeprefix("listening on ").strip()
        return await kosoku.run_fuzzingclient(url, exclude_cases=exclude)
    except kosoku.FailureError as failure:
        return failure.results
    finally:
        server.terminate()
        await server.wait()


def group(case_id):
    first = case_id.split(".")[0]
    return ".".join(case_id.split(".")[:2]) if first in ("9", "12", "13") else first


NAMES = {
    "1": "framing", "2": "pings and pongs", "3": "reserved bits", "4": "opcodes", "5": "fragmentation",
    "6": "UTF-8", "7": "closing", "9": "limits and performance", "10": "miscellaneous",
    "12": "compression, different payloads", "13": "compression, different parameters",
}


HEADER = """# The Autobahn cases

What the cases of the Autobahn suite say of both sides of the package's WebSockets, client and server, with
permessage-deflate. They are executed by kosoku {version}; `Scripts/autobahn --all` wrote this page on {date}, and
`Scripts/test` runs the 247 cases that are quick each time.

"Non-strict" is a verdict of the suite that passes: the connection was failed as it must be, before a message that came
ahead of the breach was echoed. "Informational" cases have no right answer.

"""


def table(runs):
    """The results as a table in Markdown, a row for each group."""
    verdicts = ["OK", "NON-STRICT", "INFORMATIONAL", "UNIMPLEMENTED", "FAILED"]
    lines = []
    for title, results, seconds in runs:
        lines += [
            f"## {title}", "",
            f"{len(results)} cases in {seconds:.0f} s, {sum(not r.passed for r in results)} of them not passed.", "",
            "| cases | " + " | ".join(v.lower() for v in verdicts) + " | close not ok | seconds |",
            "|---|" + "---:|" * (len(verdicts) + 2),
        ]
        groups = collections.OrderedDict()
        for result in results:
            groups.setdefault(group(result.case_id), []).append(result)
        for name, members in groups.items():
            counts = collections.Counter(r.behavior.value for r in members)
            counts["FAILED"] += counts.pop("ERROR", 0)
            bad_close = sum(r.behavior_close.value not in ("OK", "INFORMATIONAL") for r in members)
            took = sum(r.duration for r in members) / 1000
            cells = [str(counts[v] or "") for v in verdicts] + [str(bad_close or ""), f"{took:.1f}"]
            lines.append(f"| {name} {NAMES.get(name.split('.')[0], '')} | " + " | ".join(cells) + " |")
        lines.append("")
        for result in results:
            if result.behavior.value == "OK" and result.behavior_close.value == "OK" or not interesting(result):
                continue
            lines.append(
                f"- {result.case_id}: {result.behavior.value}, close {result.behavior_close.value}: {result.result} "
                f"{result.result_close}"
            )
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def interesting(result):
    return not result.passed or result.behavior.value in ("NON-STRICT", "UNIMPLEMENTED")


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--table")
    arguments = parser.parse_args()
    exclude = None if arguments.all else LONG
    runs = []
    for title, run in [("As a client", as_client), ("As a server", as_server)]:
        begun = time.monotonic()
        results = await run(arguments.program, exclude)
        runs.append((title, results, time.monotonic() - begun))
    text = table(runs)
    print(text)
    if arguments.table:
        with open(arguments.table, "w", encoding="utf-8") as file:
            file.write(HEADER.format(version=importlib.metadata.version("kosoku"), date=datetime.date.today()))
            file.write(text)
    missing = any(len(results) < (517 if arguments.all else 247) for _, results, _ in runs)
    failed = any(not r.passed for _, results, _ in runs for r in results)
    if missing:
        print("error: not all cases were run")
    sys.exit(1 if missing or failed else 0)


asyncio.run(main())
