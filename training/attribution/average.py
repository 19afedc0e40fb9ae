"""Average the weights of runs that began with the same new layers: `python -m training.attribution.average`.

Fine-tuned from one point, such runs lie in one basin, and their mean generalises better than each
(Wortsman et al., Model soups, ICML 2022).
"""

import argparse
from pathlib import Path

import torch


def main() -> None:
    """Read the command line and write the mean."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("taggers", type=Path, nargs="+", help="tagger.pt of each run")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    found = [torch.load(path, weights_only=True) for path in args.taggers]
    mean = {name: sum(weights[name] for weights in found) / len(found) for name in found[0]}
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(mean, args.out)


if __name__ == "__main__":
    main()
