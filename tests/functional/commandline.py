"""The command line, run as a process of its own or, where many runs are needed, in this one."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.cli import run

__all__ = ["EXAMPLES", "ROOT", "Ran", "environment", "here", "process"]

ROOT = Path(__file__).parents[2]
EXAMPLES = "examples/reports"  # from ROOT: reports are known by the path that was given


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)

    @property
    def jsonl(self) -> list[Any]:
        """Standard output as one JSON value a line."""
        return [json.loads(line) for line in self.out.splitlines()]


def environment(**further: str) -> dict[str, str]:
    """Return the environment of a run: 80 columns, UTF-8, no record of the tester's own."""
    kept = {name: value for name, value in os.environ.items() if name != "ONRECORD_RECORD"}
    return kept | {"COLUMNS": "80", "PYTHONUTF8": "1"} | further


def process(
    *arguments: str | Path, stdin: bytes = b"", cwd: Path = ROOT, settings: dict[str, str] | None = None
) -> Ran:
    """Run `python -m onrecord` with these arguments."""
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment(**(settings or {})),
        check=False,
        timeout=300,
    )
    return Ran(status=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


def here(*arguments: str | Path) -> Ran:
    """Run the command line in this process, which spares the start of one."""
    out, err = io.StringIO(newline=""), io.StringIO(newline="")
    with redirect_stdout(out), redirect_stderr(err):
        status = run([str(argument) for argument in arguments])
    return Ran(status=status, out=out.getvalue(), err=err.getvalue())
