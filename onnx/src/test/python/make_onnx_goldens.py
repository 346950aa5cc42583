#!/usr/bin/python3
"""Goldens of TorchExportsTest: small networks as PyTorch exports them, and what PyTorch computes.

Run from onnx/ with Debian's python3-torch, python3-torchvision and python3-onnx:
    /usr/bin/python3 src/test/python/make_onnx_goldens.py

Every network is written as ONNX by torch.onnx.export, as by default (batch normalisations are folded
into convolutions), or with training=PRESERVE and do_constant_folding=False (they are kept, and so are
their statistics, which an export as in training would move), or as in training, for its dropout. A softmax at the end is left out of what is
recorded. The samples are x_i = sin(0.7 i), in the
order of PyTorch. Outputs, cross-entropy and the norms of per-sample gradients are float64, by an
exact loop over samples, batch normalisation in evaluation mode; where the file's convolutions are
folded, so are those whose gradient is taken. What the exporter does not write (Keras's order of
axes, LayerNormalization and GroupNormalization as operators) is put together by onnx.helper.
"""

import copy
import json
import os
import warnings

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.fusion import fuse_conv_bn_eval
from torchvision.models.densenet import DenseNet
from torchvision.models.resnet import BasicBlock

warnings.filterwarnings("ignore")
OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "torch")
os.makedirs(OUT, exist_ok=True)
torch.manual_seed(3)
torch.set_num_threads(1)
cases = []


class LeNet(nn.Module):
    """LeCun et al. (1998) with x.view as its many copies have it."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 4, 5, padding=2)
        self.conv2 = nn.Conv2d(4, 6, 5)
        self.fc1 = nn.Linear(6 * 5 * 5, 12)
        self.fc2 = nn.Linear(12, 10)
        self.logits = False

    def forward(self, x):
        x = F.max_pool2d(torch.tanh(self.conv1(x)), 2)
        x = F.avg_pool2d(torch.tanh(self.conv2(x)), 2)
        x = torch.tanh(self.fc1(x.view(x.size(0), -1)))
        return self.fc2(x) if self.logits else F.log_softmax(self.fc2(x), dim=1)


class ResNet18(nn.Module):
    """torchvision's with 4 channels in the first stage instead of 64."""

    def __init__(self, width=4):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.relu = nn.ReLU()
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        inputs = width
        for stage in range(4):
            planes = width * 2**stage
            stride = 1 if stage == 0 else 2
            down = None
            if stage > 0:
                down = nn.Sequential(
                    nn.Conv2d(inputs, planes, 1, stride=stride, bias=False), nn.BatchNorm2d(planes)
                )
            blocks = nn.Sequential(BasicBlock(inputs, planes, stride, down), BasicBlock(planes, planes))
            setattr(self, "layer%d" % (stage + 1), blocks)
            inputs = planes
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(inputs, 10)

    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(self.avgpool(x), 1))


def vgg():
    layers, inputs = [], 3
    for width in (4, "M", 6, "M", 8, 8, "M"):
        if width == "M":
            layers.append(nn.MaxPool2d(2))
        else:
            layers += [nn.Conv2d(inputs, width, 3, padding=1), nn.BatchNorm2d(width), nn.ReLU()]
            inputs = width
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(8 * 2 * 2, 10))


def stir(model):
    """Statistics and scales that are not those before training."""
    for module in model.modules():
        if isinstance(module, (nn.BatchNorm2d, nn.BatchNorm1d)):
            module.running_mean.uniform_(-0.3, 0.3)
            module.running_var.uniform_(0.5, 1.5)
        if isinstance(module, (nn.BatchNorm2d, nn.BatchNorm1d, nn.GroupNorm, nn.LayerNorm)):
            nn.init.uniform_(module.weight, 0.6, 1.4)
            nn.init.uniform_(module.bias, -0.2, 0.2)
    return model


def folded(model):
    """Convolutions and dense layers followed by a batch normalisation in a Sequential, folded."""
    model = copy.deepcopy(model)
    for module in model.modules():
        names = [name for name, _ in module.named_children()]
        for a, b in zip(names, names[1:]):
            first, second = getattr(module, a), getattr(module, b)
            if isinstance(first, nn.Conv2d) and isinstance(second, nn.BatchNorm2d):
                setattr(module, a, fuse_conv_bn_eval(first, second))
                setattr(module, b, nn.Identity())
        if isinstance(module, BasicBlock):
            module.conv1, module.bn1 = fuse_conv_bn_eval(module.conv1, module.bn1), nn.Identity()
            module.conv2, module.bn2 = fuse_conv_bn_eval(module.conv2, module.bn2), nn.Identity()
    return model


def measured(model, shape, samples=3):
    """Outputs, mean loss, norm of its gradient and those of the samples, in float64."""
    model = model.double().eval()
    model.logits = True
    if isinstance(model, nn.Sequential) and isinstance(model[-1], nn.Softmax):
        model = model[:-1]
    count = samples * int(np.prod(shape))
    x = torch.tensor(np.sin(0.7 * np.arange(count))).reshape(samples, *shape)
    outputs = model(x)
    labels = torch.tensor([(3 * n + 1) % outputs.shape[1] for n in range(samples)])
    total, norms, loss = None, [], 0.0
    for n in range(samples):
        one = F.cross_entropy(model(x[n : n + 1]), labels[n : n + 1])
        gradient = torch.autograd.grad(one, list(model.parameters()), allow_unused=True)
        gradient = torch.cat([g.reshape(-1) for g in gradient if g is not None])
        norms.append(float((gradient**2).sum()))
        total = gradient if total is None else total + gradient
        loss += float(one) / samples
    return {
        "outputs": outputs.reshape(-1).tolist(),
        "loss": loss,
        "gradient_norm_squared": float(((total / samples) ** 2).sum()),
        "sample_norms_squared": norms,
    }


def case(name, model, shape, opset, mode="EVAL", fold=False):
    stir(model).eval()
    torch.onnx.export(
        copy.deepcopy(model).train(mode == "TRAINING"),
        torch.randn(2, *shape),
        os.path.join(OUT, name + ".onnx"),
        opset_version=opset,
        training=getattr(torch.onnx.TrainingMode, mode),
        do_constant_folding=mode == "EVAL",
        input_names=["x"],
        output_names=["y"],
        dynamic_axes={"x": {0: "n"}, "y": {0: "n"}} if opset != 14 else None,
    )
    # the numbers of the file are float32
    record(name, folded(model) if fold else model, shape, opset)


def record(name, model, shape, opset):
    cases.append({"file": name + ".onnx", "shape": list(shape), "opset": opset, **measured(model, shape)})


mlp = lambda: nn.Sequential(
    nn.Flatten(), nn.Linear(36, 10), nn.GELU(), nn.LayerNorm(10), nn.Linear(10, 8), nn.SiLU(), nn.Dropout(0.2), nn.Linear(8, 4)
)
group = lambda: nn.Sequential(
    nn.Conv2d(3, 6, 3, bias=False), nn.GroupNorm(3, 6), nn.LeakyReLU(), nn.Conv2d(6, 4, 1), nn.Softplus(),
    nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 5), nn.Softmax(dim=1),
)  # fmt: skip
for opset in (11, 16):
    case("lenet-%d" % opset, LeNet(), (1, 28, 28), opset)
for opset in (12, 14):
    case("mlp-%d" % opset, mlp(), (1, 6, 6), opset)
case("mlp-training-13", mlp(), (1, 6, 6), 13, mode="TRAINING")
for opset in (11, 15):
    case("group-%d" % opset, group(), (3, 8, 8), opset)
case("vgg-13", vgg(), (3, 16, 16), 13, fold=True)
case("vgg-kept-15", vgg(), (3, 16, 16), 15, mode="PRESERVE")
case("resnet-kept-13", ResNet18(), (3, 40, 40), 13, mode="PRESERVE")
dense = DenseNet(growth_rate=3, block_config=(3, 2), num_init_features=6, bn_size=2, num_classes=5)
case("densenet-kept-14", dense, (3, 32, 32), 14, mode="PRESERVE")
features = nn.Sequential(nn.Linear(9, 7), nn.BatchNorm1d(7, eps=1e-3, momentum=0.2), nn.Sigmoid(), nn.Linear(7, 3))
case("features-kept-13", features, (9,), 13, mode="PRESERVE")


def save(name, nodes, shape, outputs, constants, opset, ir=8):
    graph = helper.make_graph(
        nodes,
        "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", *shape])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", outputs])],
        [numpy_helper.from_array(value, key) for key, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=ir)
    onnx.save(model, os.path.join(OUT, name + ".onnx"))


def numbers(tensor):
    return tensor.detach().numpy().astype(np.float32)


# as tf2onnx writes Keras's Conv2D, MaxPooling2D, Flatten (pixel by pixel), Dense
conv, fc1, fc2 = nn.Conv2d(2, 3, 3), nn.Linear(3 * 3 * 2, 6), nn.Linear(6, 4)
last = numbers(fc1.weight).reshape(6, 3, 3, 2).transpose(2, 3, 1, 0).reshape(18, 6)
save(
    "keras-13",
    [
        helper.make_node("Transpose", ["x"], ["t"], "model/conv2d/Conv2D__6", perm=[0, 3, 1, 2]),
        helper.make_node("Conv", ["t", "k"], ["c"], "model/conv2d/Conv2D", kernel_shape=[3, 3], auto_pad="VALID"),
        helper.make_node("Add", ["c", "cb"], ["ca"], "model/conv2d/BiasAdd"),
        helper.make_node("Relu", ["ca"], ["r"], "model/conv2d/Relu"),
        helper.make_node("MaxPool", ["r"], ["m"], "model/pool/MaxPool", kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Transpose", ["m"], ["u"], "model/pool/MaxPool__9", perm=[0, 2, 3, 1]),
        helper.make_node("Reshape", ["u", "s"], ["f"], "model/flatten/Reshape"),
        helper.make_node("MatMul", ["f", "w1"], ["d"], "model/dense/MatMul"),
        helper.make_node("Add", ["d", "b1"], ["da"], "model/dense/BiasAdd"),
        helper.make_node("Tanh", ["da"], ["h"], "model/dense/Tanh"),
        helper.make_node("MatMul", ["h", "w2"], ["e"], "model/dense_1/MatMul"),
        helper.make_node("Add", ["e", "b2"], ["o"], "model/dense_1/BiasAdd"),
        helper.make_node("Softmax", ["o"], ["y"], "model/dense_1/Softmax", axis=-1),
    ],
    (8, 6, 2),
    4,
    {
        "k": numbers(conv.weight),
        "cb": numbers(conv.bias).reshape(1, 3, 1, 1),
        "s": np.array([-1, 18], np.int64),
        "w1": last,
        "b1": numbers(fc1.bias),
        "w2": numbers(fc2.weight).T.copy(),
        "b2": numbers(fc2.bias),
    },
    13,
)
record(
    "keras-13",
    nn.Sequential(conv, nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), fc1, nn.Tanh(), fc2),
    (2, 8, 6),
    13,
)

# the operator LayerNormalization, over features and over whole pictures
conv, norm, fc, ln = nn.Conv2d(1, 2, 3, padding=1), nn.LayerNorm([2, 5, 4]), nn.Linear(40, 6), nn.LayerNorm(6, eps=1e-3)
out = nn.Linear(6, 3)
layered = stir(nn.Sequential(conv, norm, nn.ReLU(), nn.Flatten(), fc, ln, nn.Tanh(), out))
save(
    "layernorm-17",
    [
        helper.make_node("Conv", ["x", "k", "kb"], ["c"], "conv", pads=[1, 1, 1, 1]),
        helper.make_node("LayerNormalization", ["c", "g0", "b0"], ["n0"], "norm", axis=1),
        helper.make_node("Relu", ["n0"], ["r"], "relu"),
        helper.make_node("Flatten", ["r"], ["f"], "flatten"),
        helper.make_node("Gemm", ["f", "w", "b"], ["d"], "fc", alpha=0.5, beta=2.0),
        helper.make_node("LayerNormalization", ["d", "g1", "b1"], ["n1"], "ln", axis=-1, epsilon=1e-3),
        helper.make_node("Tanh", ["n1"], ["h"], "tanh"),
        helper.make_node("Gemm", ["h", "v", "c0"], ["y"], "out", transB=1),
    ],
    (1, 5, 4),
    3,
    {
        "k": numbers(conv.weight), "kb": numbers(conv.bias), "g0": numbers(norm.weight), "b0": numbers(norm.bias),
        "w": 2 * numbers(fc.weight).T, "b": 0.5 * numbers(fc.bias), "g1": numbers(ln.weight), "b1": numbers(ln.bias),
        "v": numbers(out.weight), "c0": numbers(out.bias),
    },
    17,
)  # fmt: skip
record("layernorm-17", layered, (1, 5, 4), 17)

# the operators GroupNormalization of opset 21 and Gelu of opset 20, which onnx 1.12 does not know
conv, norm, fc = nn.Conv2d(2, 4, 3), nn.GroupNorm(2, 4), nn.Linear(4 * 3 * 2, 3)
grouped = stir(nn.Sequential(conv, norm, nn.GELU(approximate="tanh"), nn.Flatten(), fc))
save(
    "groupnorm-21",
    [
        helper.make_node("Conv", ["x", "k", "kb"], ["c"], "conv"),
        helper.make_node("GroupNormalization", ["c", "g", "b"], ["n"], "norm", num_groups=2),
        helper.make_node("Gelu", ["n"], ["r"], "gelu", approximate="tanh"),
        helper.make_node("Reshape", ["r", "s"], ["f"], "flatten"),
        helper.make_node("Gemm", ["f", "v", "c0"], ["y"], "out", transB=1),
    ],
    (2, 5, 4),
    3,
    {
        "k": numbers(conv.weight), "kb": numbers(conv.bias), "g": numbers(norm.weight), "b": numbers(norm.bias),
        "s": np.array([0, -1], np.int64), "v": numbers(fc.weight), "c0": numbers(fc.bias),
    },
    21,
    ir=9,
)  # fmt: skip
record("groupnorm-21", grouped, (2, 5, 4), 21)

with open(os.path.join(OUT, "goldens.json"), "w") as file:
    json.dump(cases, file, indent=1)
print({name: os.path.getsize(os.path.join(OUT, name)) for name in sorted(os.listdir(OUT))})
