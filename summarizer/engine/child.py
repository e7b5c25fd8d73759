"""The process that runs the model: a JSON line of options in, a JSON line with the address out.

Run as a file, with only the standard library and xllamacpp, so that it starts from anywhere. It
ends with its parent, however that ends, because its standard input then does: at once while it
serves; once loaded while it loads (some seconds; xllamacpp lets no other thread run then).
"""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import Any


def main() -> None:
    """Start the server that standard input describes and serve until standard input ends."""
    answer = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # whatever native code prints must not be taken for the answer
    options = json.loads(sys.stdin.buffer.readline())
    watchdog = threading.Thread(target=_end_with_parent, daemon=True)
    watchdog.start()
    try:
        server = _start(options)
    except ModuleNotFoundError as error:
        report = {"missing": error.name, "error": str(error)}
    except (ImportError, RuntimeError, MemoryError, OSError, ValueError) as error:
        report = {"error": str(error) or type(error).__name__}
    else:
        report = {"address": server.listening_address}
    answer.write(json.dumps(report) + "\n")
    answer.flush()
    if "address" in report:
        watchdog.join()


def _start(options: dict[str, Any]) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = options["path"]
    params.model_alias = {options["alias"]}  # else answers name the file with its directory
    params.n_ctx = options["context_tokens"]
    params.n_parallel = 1  # further slots would read shared prefixes again and share the context
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = options["threads"]
    params.cache_ram_mib = 512  # the default of 8 GiB is more than a laptop has to spare
    params.sampling.seed = 0
    params.verbosity = 1  # errors only; at 0 a grammar that does not compile is dropped in silence
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [options["key"]]
    return xllamacpp.Server(params)


def _end_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os._exit(0)  # an ordinary exit would wait for requests in flight


if __name__ == "__main__":
    main()
