"""Models of the benchmark, with uniform random data of their usual shapes, on TORCH_DEVICE."""

import os
from typing import Callable, NamedTuple

import torch

# given to every call that makes a tensor: a default device costs time in every call of PyTorch
DEVICE = os.environ.get("TORCH_DEVICE", "cpu")


class Case(NamedTuple):
    build: Callable[[], torch.nn.Module]
    batch: int
    samples: int
    inputs: tuple
    outputs: int

    def data(self, rows):
        return uniform(rows, *self.inputs), uniform(rows, self.outputs)

    def model(self):
        return self.build().to(DEVICE)


def uniform(*shape):
    return torch.rand(*shape, device=DEVICE)


def drawn(count, *shape):
    return torch.randint(count, shape, device=DEVICE)


ACTIVATIONS = {
    "relu": torch.nn.ReLU, "leaky-relu": torch.nn.LeakyReLU, "tanh": torch.nn.Tanh,
    "sigmoid": torch.nn.Sigmoid, "softplus": torch.nn.Softplus, "silu": torch.nn.SiLU,
    "gelu": torch.nn.GELU, "gelu-tanh": lambda: torch.nn.GELU(approximate="tanh")}


def mlp(*sizes, activation="relu", norm=None, dropout="0"):
    layers = []
    for i in range(len(sizes) - 1):
        layers.append(torch.nn.Linear(sizes[i], sizes[i + 1]))
        if i < len(sizes) - 2:
            if norm == "layer":
                layers.append(torch.nn.LayerNorm(sizes[i + 1]))
            layers.append(ACTIVATIONS[activation]())
            if float(dropout) > 0:
                layers.append(torch.nn.Dropout(float(dropout)))
    return torch.nn.Sequential(*layers)


def mori_cnn():
    layers, channels = [], 3
    for width in (64, 128, 256):
        for _ in range(3):
            layers += [torch.nn.Conv2d(channels, width, 3, padding=1), torch.nn.ReLU()]
            channels = width
        layers.append(torch.nn.MaxPool2d(2))
    layers += [torch.nn.Flatten(), torch.nn.Linear(256 * 16, 10)]
    return torch.nn.Sequential(*layers)


def meng_cnn():
    conv, relu, pool = torch.nn.Conv2d, torch.nn.ReLU, torch.nn.MaxPool2d
    linear = torch.nn.Linear
    return torch.nn.Sequential(
        conv(1, 10, 5), relu(), pool(2), conv(10, 10, 5), relu(), pool(2),
        torch.nn.Flatten(), linear(160, 50), relu(), linear(50, 10))


def conv3(c_in, c_out, stride=1):
    return torch.nn.Conv2d(c_in, c_out, 3, stride, padding=1, bias=False)


def group_norm(channels):
    return torch.nn.GroupNorm(min(32, channels // 2), channels)


class Block(torch.nn.Module):
    def __init__(self, c_in, planes, stride, norm):
        super().__init__()
        self.main = torch.nn.Sequential(
            conv3(c_in, planes, stride), norm(planes), torch.nn.ReLU(),
            conv3(planes, planes), norm(planes))
        self.shortcut = torch.nn.Identity() if stride == 1 and c_in == planes else (
            torch.nn.Sequential(torch.nn.Conv2d(c_in, planes, 1, stride, bias=False),
                                norm(planes)))

    def forward(self, x):
        return torch.relu(self.main(x) + self.shortcut(x))


def resnet18(width=64, norm="batch"):
    norm = group_norm if norm == "group" else torch.nn.BatchNorm2d
    layers = [conv3(3, width), norm(width), torch.nn.ReLU()]
    channels = width
    for planes, stride in ((width, 1), (2 * width, 2), (4 * width, 2), (8 * width, 2)):
        layers += [Block(channels, planes, stride, norm), Block(planes, planes, 1, norm)]
        channels = planes
    layers += [torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(8 * width, 10)]
    return torch.nn.Sequential(*layers)


CASES = {
    "mlp:2000,2000,2000": Case(lambda: mlp(784, 2000, 2000, 2000, 10), 100, 2000, (784,), 10),
    "mlp:100,100": Case(lambda: mlp(784, 100, 100, 1), 100, 10_000, (784,), 1),
    "mlp:10": Case(lambda: mlp(784, 10, 1), 10, 10_000, (784,), 1),
    "meng-cnn": Case(meng_cnn, 100, 2000, (1, 28, 28), 10),
    "mori-cnn": Case(mori_cnn, 100, 400, (3, 32, 32), 10),
    "resnet18": Case(resnet18, 100, 400, (3, 32, 32), 10),
}


def case(name):
    """The case of a name, sizes and options behind it: mlp:100,100:activation=gelu, resnet18:16."""
    if name in CASES:
        return CASES[name]
    kind, *rest = name.split(":")
    options = dict(part.split("=") for part in rest if "=" in part)
    sizes = [part for part in rest if "=" not in part]
    if kind == "mlp":
        case = CASES["mlp:" + sizes[0]]
        widths = [784, *map(int, sizes[0].split(",")), case.outputs]
        return case._replace(build=lambda: mlp(*widths, **options))
    return CASES[kind]._replace(build=lambda: resnet18(*map(int, sizes), **options))


def loss_of(outputs, targets):
    """Squared error, summed over outputs, mean over samples."""
    return 0.5 * ((outputs - targets) ** 2).sum(1).mean()
