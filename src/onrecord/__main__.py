"""The command line's way in: `onrecord …` and `python -m onrecord …`."""

import sys

from onrecord.cli import run

__all__ = ["main"]


def main() -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
