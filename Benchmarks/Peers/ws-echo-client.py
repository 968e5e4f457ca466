"""Echoes messages with a server and prints the CPU time of this process per message, in microseconds.

    python3 ws-echo-client.py websockets|aiohttp URL SIZE COUNT text|binary plain|deflate
"""

import asyncio
import sys
import time

library, url, size, count, kind, compression = sys.argv[1:]
size, count = int(size), int(count)
unit = '{"stage":"validation","percent":10}'
text = (unit * (size // len(unit) + 1))[:size]
message = text if kind == "text" else text.encode()
deflate = compression == "deflate"


async def with_websockets():
    import websockets
    from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
    import websockets.speedups  # The C extension: without it the comparison would be unfair.

    # The level and the memory of zlib that aiohttp and the harness have, so that the three do the same work: its own,
    # level 6, takes several times as long.
    equal = ClientPerMessageDeflateFactory(
        client_max_window_bits=True, compress_settings={"level": 1, "memLevel": 8}
    )
    async with websockets.connect(
        url, compression=None, extensions=[equal] if deflate else None, max_size=None,
        ping_interval=None,
    ) as socket:
        async def echo(times):
            for _ in range(times):
                await socket.send(message)
                assert len(await socket.recv()) == size

        await measure(echo)


async def with_aiohttp():
    import aiohttp

    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url, compress=15 if deflate else 0, max_msg_size=0) as socket:
            async def echo(times):
                for _ in range(times):
                    if kind == "text":
                        await socket.send_str(message)
                    else:
                        await socket.send_bytes(message)
                    assert len((await socket.receive()).data) == size

            await measure(echo)


async def measure(echo):
    await echo(max(count // 10, 1))
    begun = time.process_time()
    await echo(count)
    print((time.process_time() - begun) / count * 1e6)


asyncio.run({"websockets": with_websockets, "aiohttp": with_aiohttp}[library]())
