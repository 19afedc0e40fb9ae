"""Write the trained tagger as the package ships it: `python -m training.attribution.export --tagger FILE --out DIR`."""

import argparse
import json
import logging
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.attribution import graph
from training.attribution.model import EncoderShape, Tagger
from training.attribution.train import published_folder


def quantised(model: onnx.ModelProto, out: Path) -> None:
    """Write `model` with 8-bit weights.

    Weights use 7 of the 8 bits: on processors without VNNI the products of full ones overflow their 16-bit sums.
    """
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        onnx.save(model, plain)
        quantize_dynamic(
            plain,
            out,
            op_types_to_quantize=["Attention", "MatMul"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )


def main() -> None:
    """Read the command line and write the four files that make the tagger."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tagger", type=Path, required=True, help="tagger.pt of a training run, or its state.pt")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="keep 32-bit weights, to see what quantising costs")
    args = parser.parse_args()
    logging.getLogger().setLevel(logging.ERROR)
    weights = torch.load(args.tagger, weights_only=True)
    weights = weights.get("average", weights)
    folder = published_folder()
    shape = EncoderShape.of(json.loads((folder / "config.json").read_text()))
    model = Tagger(shape)
    model.load_state_dict(weights)
    args.out.mkdir(parents=True, exist_ok=True)
    made = graph.build({name: value.numpy() for name, value in model.state_dict().items()}, shape, small=not args.float)
    if args.float:
        onnx.save(made, args.out / "tagger.onnx")
    else:
        quantised(made, args.out / "tagger.onnx")
    transitions = [[round(float(v), 5) for v in row] for row in model.transitions.detach()]
    (args.out / "tagger.json").write_text(json.dumps({"transitions": transitions}) + "\n")
    shutil.copyfile(folder / "tokenizer.json", args.out / "tokenizer.json")
    size = (args.out / "tagger.onnx").stat().st_size / 1e6
    print(f"{args.out / 'tagger.onnx'}: {size:.1f} MB")


if __name__ == "__main__":
    main()
