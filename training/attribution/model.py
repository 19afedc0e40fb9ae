"""The tagger in torch: a MiniLM encoder, feature embeddings, a linear layer, and transitions scored as a CRF."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.attribution.labels import LABELS, may_follow
from onrecord.attribution.windows import FEATURE_SIZES

FORBIDDEN = -1e4


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderShape:
    """Sizes of a BERT encoder."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int

    @classmethod
    def of(cls, config: Mapping[str, int]) -> "EncoderShape":
        """Read the sizes from a published `config.json`."""
        return cls(
            hidden=config["hidden_size"],
            layers=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            inner=config["intermediate_size"],
            vocabulary=config["vocab_size"],
            positions=config["max_position_embeddings"],
        )


class Layer(nn.Module):
    """One post-norm transformer layer with the projections of query, key and value in one matrix."""

    def __init__(self, shape: EncoderShape, dropout: float) -> None:
        super().__init__()
        hidden = shape.hidden
        self.heads, self.dropout = shape.heads, dropout
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.norm1 = nn.LayerNorm(hidden, eps=1e-12)
        self.up = nn.Linear(hidden, shape.inner)
        self.down = nn.Linear(shape.inner, hidden)
        self.norm2 = nn.LayerNorm(hidden, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Map (batch, length, hidden) to the same shape; `mask` is added to the attention scores."""
        batch, length, hidden = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.heads, hidden // self.heads).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], attn_mask=mask)
        seen = self.out(seen.transpose(1, 2).reshape(batch, length, hidden))
        x = self.norm1(x + functional.dropout(seen, self.dropout, self.training))
        inner = self.down(functional.gelu(self.up(x)))
        return self.norm2(x + functional.dropout(inner, self.dropout, self.training))


class Tagger(nn.Module):
    """Scores of `LABELS` for every piece, from piece ids and the piece's features."""

    def __init__(self, shape: EncoderShape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape, self.dropout = shape, dropout
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.places = nn.Embedding(shape.positions, shape.hidden)
        self.features = nn.ModuleList(nn.Embedding(size, shape.hidden) for size in FEATURE_SIZES)
        for table in self.features:
            nn.init.normal_(table.weight, std=0.01)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.classify = nn.Linear(shape.hidden, len(LABELS))
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        allowed = torch.tensor([[may_follow(a, b) for b in range(len(LABELS))] for a in range(len(LABELS))])
        self.register_buffer("barred", torch.where(allowed, 0.0, FORBIDDEN), persistent=False)

    @classmethod
    def from_published(cls, folder: Path, dropout: float = 0.1) -> "Tagger":
        """Build a tagger over the published encoder in `folder` (config.json, model.safetensors)."""
        model = cls(EncoderShape.of(json.loads((folder / "config.json").read_text())), dropout)
        model.load_encoder(load_file(folder / "model.safetensors"))
        return model

    def load_encoder(self, weights: Mapping[str, Tensor]) -> None:
        """Copy the weights of a published BERT encoder, named as its authors named them."""
        own = {
            "words.weight": weights["embeddings.word_embeddings.weight"],
            # The published encoder adds one and the same segment vector everywhere.
            "places.weight": weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        names = {
            "out": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for index in range(self.shape.layers):
            theirs = f"encoder.layer.{index}."
            for part in ("weight", "bias"):
                own[f"layers.{index}.qkv.{part}"] = torch.cat(
                    [weights[f"{theirs}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                )
                for mine, name in names.items():
                    own[f"layers.{index}.{mine}.{part}"] = weights[f"{theirs}{name}.{part}"]
        missing = self.load_state_dict(own, strict=False)
        if missing.unexpected_keys:
            msg = f"weights that this encoder has no place for: {missing.unexpected_keys}"
            raise ValueError(msg)

    def forward(self, pieces: Tensor, features: Tensor, lengths: Tensor) -> Tensor:
        """Return label scores (batch, length, labels).

        Args:
            pieces: piece ids (batch, length).
            features: (batch, length, number of features).
            lengths: pieces of each row that are not padding (batch).
        """
        places = torch.arange(pieces.shape[1], device=pieces.device)
        mask = torch.where(places[None, :] < lengths[:, None], 0.0, FORBIDDEN)[:, None, None, :]
        x = self.words(pieces) + self.places(places)[None]
        for index, table in enumerate(self.features):
            x = x + table(features[:, :, index])
        x = functional.dropout(self.norm(x), self.dropout, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        return self.classify(functional.dropout(x, self.dropout, self.training))

    def crf_loss(self, scores: Tensor, labels: Tensor, known: Tensor) -> Tensor:
        """Return the mean negative log-likelihood per word of the label sequences under a linear-chain CRF.

        Args:
            scores: (batch, words, labels).
            labels: (batch, words); anything where not `known`.
            known: (batch, words), true for words, false for padding at the end.
        """
        moves = self.transitions + self.barred
        gold = scores.gather(2, labels[:, :, None])[:, :, 0]
        gold_moves = moves[labels[:, :-1], labels[:, 1:]]
        path = (gold * known).sum() + (gold_moves * known[:, 1:]).sum()
        alpha = scores[:, 0]
        for step in range(1, scores.shape[1]):
            onward = torch.logsumexp(alpha[:, :, None] + moves[None], dim=1) + scores[:, step]
            alpha = torch.where(known[:, step, None], onward, alpha)
        return (torch.logsumexp(alpha, dim=1).sum() - path) / known.sum()
