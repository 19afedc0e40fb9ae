"""The tagger as an ONNX graph, written node by node for the runtime's fused kernels; nothing is traced."""

from collections.abc import Mapping, Sequence

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from onrecord.attribution.labels import LABELS
from onrecord.attribution.windows import FEATURE_SIZES
from training.attribution.model import EncoderShape

OPSET = 17
FUSED = "com.microsoft"  # ONNX Runtime's own operators, present in every build of it
Weights = Mapping[str, NDArray[np.float32]]


class _Graph:
    """Nodes and weights as they are added; every method returns the name of what it computes."""

    def __init__(self, weights: Weights) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.tensors: dict[str, onnx.TensorProto] = {}
        self._weights = weights

    def weight(self, name: str, *, transposed: bool = False) -> str:
        """Add a weight of the torch model; linear layers keep theirs transposed."""
        value = self._weights[name].T if transposed else self._weights[name]
        self.tensors.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def constant(self, name: str, value: NDArray[np.int64]) -> str:
        """Add a constant of whole numbers."""
        self.tensors.setdefault(name, numpy_helper.from_array(value, name))
        return name

    def node(self, kind: str, inputs: Sequence[str], output: str, *, domain: str = "", **attributes: object) -> str:
        """Add a node with one output."""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def linear(self, x: str, layer: str, output: str) -> str:
        """Add x · W, without the bias: the kernels that follow add it."""
        return self.node("MatMul", [x, self.weight(f"{layer}.weight", transposed=True)], output)

    def add_and_norm(self, x: str, skipped: str, norm: str, bias: str) -> str:
        """Add LayerNorm(x + skipped + bias)."""
        inputs = [x, skipped, self.weight(f"{norm}.weight"), self.weight(f"{norm}.bias"), self.weight(bias)]
        return self.node("SkipLayerNormalization", inputs, f"{norm}.out", domain=FUSED, epsilon=1e-12)


def build(weights: Weights, shape: EncoderShape, *, small: bool) -> onnx.ModelProto:
    """Return the graph: `pieces` (batch, length), `features` (batch, length, 4), `lengths` (batch) → `scores`.

    `scores` is (batch, length, labels). All inputs are int32. With `small` the table of word vectors, half of the
    model's bytes, is kept in 8 bits with a scale for each word; the rest is for the quantiser.
    """
    graph = _Graph(weights)
    x = (
        _words(graph, weights["words.weight"])
        if small
        else graph.node("Gather", [graph.weight("words.weight"), "pieces"], "words.out")
    )
    for index in range(len(FEATURE_SIZES)):
        at = graph.constant(f"feature{index}.at", np.array(index, dtype=np.int64))
        column = graph.node("Gather", ["features", at], f"feature{index}.ids", axis=2)
        vectors = graph.node("Gather", [graph.weight(f"features.{index}.weight"), column], f"feature{index}.out")
        x = graph.node("Add", [x, vectors], f"feature{index}.sum")
    whole = graph.node("Shape", ["pieces"], "pieces.shape")
    length = graph.node(
        "Slice", [whole, *(graph.constant(f"int{i}", np.array([i], dtype=np.int64)) for i in (1, 2))], "length"
    )
    zero = graph.constant("int0", np.array([0], dtype=np.int64))
    places = graph.node("Slice", [graph.weight("places.weight"), zero, length, zero], "places.out")
    x = graph.node("Add", [x, places], "embedded")
    x = graph.node(
        "LayerNormalization", [x, graph.weight("norm.weight"), graph.weight("norm.bias")], "norm.out", epsilon=1e-12
    )
    for index in range(shape.layers):
        x = _layer(graph, x, f"layers.{index}", shape)
    x = graph.linear(x, "classify", "classify.product")
    graph.node("Add", [x, graph.weight("classify.bias")], "scores")
    sizes = ["batch", "length"]
    inputs = [
        helper.make_tensor_value_info("pieces", TensorProto.INT32, sizes),
        helper.make_tensor_value_info("features", TensorProto.INT32, [*sizes, len(FEATURE_SIZES)]),
        helper.make_tensor_value_info("lengths", TensorProto.INT32, ["batch"]),
    ]
    outputs = [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [*sizes, len(LABELS)])]
    made = helper.make_graph(graph.nodes, "tagger", inputs, outputs, list(graph.tensors.values()))
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9, producer_name="onrecord")


def _words(graph: _Graph, table: NDArray[np.float32]) -> str:
    scales = np.abs(table).max(axis=1, keepdims=True) / 127
    graph.tensors["words.bytes"] = numpy_helper.from_array(np.rint(table / scales).astype(np.int8), "words.bytes")
    graph.tensors["words.scales"] = numpy_helper.from_array(scales.astype(np.float32), "words.scales")
    rough = graph.node("Gather", ["words.bytes", "pieces"], "words.gathered")
    rough = graph.node("Cast", [rough], "words.cast", to=TensorProto.FLOAT)
    return graph.node("Mul", [rough, graph.node("Gather", ["words.scales", "pieces"], "words.scale")], "words.out")


def _layer(graph: _Graph, x: str, name: str, shape: EncoderShape) -> str:
    attention = graph.node(
        "Attention",
        [x, graph.weight(f"{name}.qkv.weight", transposed=True), graph.weight(f"{name}.qkv.bias"), "lengths"],
        f"{name}.attention",
        domain=FUSED,
        num_heads=shape.heads,
    )
    x = graph.add_and_norm(
        graph.linear(attention, f"{name}.out", f"{name}.out.product"), x, f"{name}.norm1", f"{name}.out.bias"
    )
    inner = graph.linear(x, f"{name}.up", f"{name}.up.product")
    inner = graph.node("BiasGelu", [inner, graph.weight(f"{name}.up.bias")], f"{name}.up.out", domain=FUSED)
    down = graph.linear(inner, f"{name}.down", f"{name}.down.product")
    return graph.add_and_norm(down, x, f"{name}.norm2", f"{name}.down.bias")
