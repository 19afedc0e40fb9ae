"""Run by `make wheel` in an environment that holds the built wheel and what it needs, and not the source tree."""

import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

MOST_MEGABYTES = 450


def main() -> None:
    """Extract a sample report with the installed command and look at the environment."""
    import onrecord

    home = Path(sysconfig.get_paths()["purelib"])
    assert Path(onrecord.__file__).is_relative_to(home), f"not the installed package: {onrecord.__file__}"
    command = shutil.which("onrecord", path=str(Path(sys.executable).parent))
    assert command, "the wheel brought no command"
    sample = min(Path(sys.argv[1]).glob("01-*.txt"))
    done = subprocess.run([command, "extract", str(sample)], capture_output=True, text=True, check=True)
    line = json.loads(done.stdout)
    assert line["failure"] is None
    assert len(line["attributions"]) >= 10, "a report of twenty statements gave few"
    assert any(found["speaker"] and found["speaker"]["name"] == "Elka Vorrin" for found in line["attributions"])
    unwanted = {"torch", "spacy", "transformers"} & {path.name for path in home.iterdir()}
    assert not unwanted, f"libraries that only training needs were installed: {unwanted}"
    size = sum(path.stat().st_size for path in home.rglob("*") if path.is_file()) / 1e6
    assert size < MOST_MEGABYTES, f"{size:.0f} MB installed"
    print(f"wheel: {len(line['attributions'])} statements out of {sample.name}; {size:.0f} MB installed")  # noqa: T201


if __name__ == "__main__":
    main()
