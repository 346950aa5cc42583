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


def mlp(*sizes):
    layers = []
    for i in range(len(sizes) - 1):
        layers.append(torch.nn.Linear(sizes[i], sizes[i + 1]))
        if i < len(sizes) - 2:
            layers.append(torch.nn.ReLU())
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


class Block(torch.nn.Module):
    def __init__(self, c_in, planes, stride):
        super().__init__()
        self.main = torch.nn.Sequential(
            conv3(c_in, planes, stride), torch.nn.BatchNorm2d(planes), torch.nn.ReLU(),
            conv3(planes, planes), torch.nn.BatchNorm2d(planes))
        self.shortcut = torch.nn.Identity() if stride == 1 and c_in == planes else (
            torch.nn.Sequential(torch.nn.Conv2d(c_in, planes, 1, stride, bias=False),
                                torch.nn.BatchNorm2d(planes)))

    def forward(self, x):
        return torch.relu(self.main(x) + self.shortcut(x))


def resnet18():
    layers = [conv3(3, 64), torch.nn.BatchNorm2d(64), torch.nn.ReLU()]
    channels = 64
    for planes, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
        layers += [Block(channels, planes, stride), Block(planes, planes, 1)]
        channels = planes
    layers += [torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(512, 10)]
    return torch.nn.Sequential(*layers)


CASES = {
    "mlp:2000,2000,2000": Case(lambda: mlp(784, 2000, 2000, 2000, 10), 100, 2000, (784,), 10),
    "mlp:100,100": Case(lambda: mlp(784, 100, 100, 1), 100, 10_000, (784,), 1),
    "mlp:10": Case(lambda: mlp(784, 10, 1), 10, 10_000, (784,), 1),
    "meng-cnn": Case(meng_cnn, 100, 2000, (1, 28, 28), 10),
    "mori-cnn": Case(mori_cnn, 100, 400, (3, 32, 32), 10),
    "resnet18": Case(resnet18, 100, 400, (3, 32, 32), 10),
}


def loss_of(outputs, targets):
    """Squared error, summed over outputs, mean over samples."""
    return 0.5 * ((outputs - targets) ** 2).sum(1).mean()
