"""Run one command and say on standard output, as JSON, what it cost; its own words are swallowed.

A small process of its own: the peak memory that a system tells of a child is never less than that
of the process which started it. Run as ``python -I -S spawn.py COMMAND …``.
"""

import json
import os
import subprocess
import sys
import time


def main(command: list[str]) -> int:
    """Run, measure and tell; the exit code is that of the command."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    cpu = used.ru_utime + used.ru_stime
    print(json.dumps({"cpu": cpu * 1000, "wall": wall * 1000, "peak": used.ru_maxrss / unit}))
    return running.returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
