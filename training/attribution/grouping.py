"""Learn the grouping's weights from gold spans: `python -m training.attribution.grouping --data DIR --out FILE`."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.attribution.grouping import (
    CONTENT_FEATURES,
    SOURCE_FEATURES,
    GroupingWeights,
    Layout,
    TaggedSpan,
    content_features,
    cues_for,
    group,
    none_features,
    source_features,
    sources_for,
)
from onrecord.attribution.labels import ROLES
from onrecord.domain.span import Span
from training.attribution.data import load, without_overlap

Choices = list[tuple[NDArray[np.float64], int]]


def gold_spans(row: dict[str, Any]) -> list[TaggedSpan]:
    """Return the gold spans of an article as if a tagger had found them."""
    found = {(r, s, e) for a in row["attributions"] for r, role in enumerate(ROLES) for s, e in a[role]}
    return sorted((TaggedSpan(r, Span(s, e), 1.0) for r, s, e in found), key=lambda t: (t.span, t.role))


def choices(row: dict[str, Any]) -> tuple[Choices, Choices]:
    """Return for each content the options of a cue and the right one; and for each cue those of a source."""
    tagged = gold_spans(row)
    layout = Layout(row["text"], tagged)
    sources, cues, _ = ([t for t in tagged if t.role == r] for r in range(3))
    for_content: Choices = []
    for_source: Choices = []
    for gold in row["attributions"]:
        if not gold["cue"]:
            continue
        cue = Span(*gold["cue"][0])
        contents = [Span(*c) for c in gold["content"]]
        for content in contents:
            near = [t.span for t in cues_for(layout, content, cues)]
            if cue in near:
                for_content.append((np.array([content_features(layout, content, c) for c in near]), near.index(cue)))
        near = [t.span for t in sources_for(layout, cue, sources)]
        options = [source_features(layout, cue, s) for s in near] + [none_features(layout, cue, near, contents)]
        right = [near.index(s) for s in (Span(*s) for s in gold["source"]) if s in near]
        if right or not gold["source"]:
            for_source.append((np.array(options), right[0] if right else len(near)))
    return for_content, for_source


def fit(data: Choices, size: int, *, steps: int = 400, ridge: float = 1e-3) -> NDArray[np.float64]:
    """Fit a conditional logit by gradient descent with momentum; deterministic."""
    most = max(len(options) for options, _ in data)
    x = np.zeros((len(data), most, size))
    real = np.zeros((len(data), most), bool)
    right = np.array([r for _, r in data])
    for i, (options, _) in enumerate(data):
        x[i, : len(options)], real[i, : len(options)] = options, True
    weights, speed = np.zeros(size), np.zeros(size)
    gold = x[np.arange(len(data)), right].mean(0)
    for _ in range(steps):
        scores = np.where(real, x @ weights, -np.inf)
        odds = np.exp(scores - scores.max(1, keepdims=True))
        odds /= odds.sum(1, keepdims=True)
        slope = gold - np.einsum("nk,nkf->f", odds, x) / len(data) - ridge * weights
        speed = 0.9 * speed + slope
        weights = weights + 0.5 * speed
    print(f"{len(data)} choices, accuracy {np.mean(np.where(real, x @ weights, -np.inf).argmax(1) == right):.4f}")
    return weights


def learn(rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Return the weights by feature name."""
    pairs = [choices(row) for row in rows]
    content = fit([c for cs, _ in pairs for c in cs], len(CONTENT_FEATURES))
    source = fit([s for _, ss in pairs for s in ss], len(SOURCE_FEATURES))
    return {
        "content": {n: round(float(w), 4) for n, w in zip(CONTENT_FEATURES, content, strict=True)},
        "source": {n: round(float(w), 4) for n, w in zip(SOURCE_FEATURES, source, strict=True)},
    }


def main() -> None:
    """Read the command line, fit, write; and say how gold spans are grouped again on dev."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--predictions", type=Path, help="write dev grouped from gold spans here, for the scorer")
    args = parser.parse_args()
    dev = load(args.data / "dev.jsonl")
    learned = learn(without_overlap(load(args.data / "train.jsonl"), dev))
    args.out.write_text(json.dumps(learned, indent=1) + "\n")
    if args.predictions:
        weights = GroupingWeights.of(learned)
        with args.predictions.open("w") as out:
            for row in dev:
                found = group(row["text"], gold_spans(row), weights)
                attributions = [
                    {
                        "source": [[g.source.span.start, g.source.span.end]] if g.source else [],
                        "cue": [[g.cue.span.start, g.cue.span.end]],
                        "content": [[c.span.start, c.span.end] for c in g.contents],
                    }
                    for g in found
                ]
                out.write(json.dumps({"id": row["id"], "attributions": attributions}) + "\n")


if __name__ == "__main__":
    main()
