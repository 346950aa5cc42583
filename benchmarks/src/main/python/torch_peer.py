"""PyTorch side of the benchmark: one request a line on stdin, one time in ms on stdout.

Request: "step MODEL REPETITIONS", MODEL one of the keys of CASES. The threads are set by the parent
through OMP_NUM_THREADS and OPENBLAS_NUM_THREADS.
"""

import os
import sys
import time

import numpy
import torch

torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
torch.manual_seed(0)


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


CASES = {
    "mlp:2000,2000,2000": (lambda: mlp(784, 2000, 2000, 2000, 10), (100, 784), (100, 10)),
    "mlp:100,100": (lambda: mlp(784, 100, 100, 1), (100, 784), (100, 1)),
    "mlp:10": (lambda: mlp(784, 10, 1), (10, 784), (10, 1)),
    "meng-cnn": (meng_cnn, (100, 1, 28, 28), (100, 10)),
    "meng-cnn/channels-last": (meng_cnn, (100, 1, 28, 28), (100, 10)),
    "mori-cnn": (mori_cnn, (100, 3, 32, 32), (100, 10)),
    "mori-cnn/channels-last": (mori_cnn, (100, 3, 32, 32), (100, 10)),
}


REPLICAS = 100


def replicas_step():
    """784-10-1 of all replicas in batched products."""
    data, labels = torch.rand(10_000, 784), torch.rand(10_000, 1)
    w1 = torch.rand(REPLICAS, 784, 10).sub_(0.5).mul_(0.1).requires_grad_()
    b1 = torch.zeros(REPLICAS, 1, 10, requires_grad=True)
    w2 = torch.rand(REPLICAS, 10, 1).sub_(0.5).requires_grad_()
    b2 = torch.zeros(REPLICAS, 1, 1, requires_grad=True)
    parameters = [w1, b1, w2, b2]

    def step():
        chosen = torch.randint(10_000, (REPLICAS, 10))
        x, y = data[chosen], labels[chosen]
        f = torch.baddbmm(b2, torch.relu(torch.baddbmm(b1, x, w1)), w2)
        loss = 0.5 * ((f - y) ** 2).sum() / 10
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients):
                parameter.sub_(gradient, alpha=0.001)

    return step


def regression_step(dimension):
    """One sample a step, all replicas in one array, the full loss by its quadratic form."""
    generator = numpy.random.default_rng(0)
    x = generator.standard_normal((10_000, dimension))
    y = generator.standard_normal(10_000)
    a, b, c = x.T @ x / len(y), x.T @ y / len(y), y @ y / len(y) / 2
    theta = numpy.zeros((REPLICAS, dimension))

    def step():
        chosen = generator.integers(len(y), size=REPLICAS)
        rows = x[chosen]
        residual = (theta * rows).sum(1) - y[chosen]
        theta[...] -= 0.05 * residual[:, None] * rows
        loss = 0.5 * ((theta @ a) * theta).sum(1) - theta @ b + c
        return (loss > 1e30).any()

    return step


def drawn_step():
    """784-10-1 with a mini-batch of its own every step, as a replica of an ensemble needs it."""
    data, labels = torch.rand(10_000, 784), torch.rand(10_000, 1)
    model = mlp(784, 10, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.001)

    def step():
        chosen = torch.randint(10_000, (10,))
        optimizer.zero_grad(set_to_none=True)
        loss = 0.5 * ((model(data[chosen]) - labels[chosen]) ** 2).sum(1).mean()
        loss.backward()
        optimizer.step()

    return step


def make_step(name):
    if name == "mlp:10/drawn":
        return drawn_step()
    if name == "mlp:10/replicas":
        return replicas_step()
    if name.startswith("regression:"):
        return regression_step(int(name.split(":")[1]))
    model, inputs, outputs = CASES[name]
    model = model()
    x, y = torch.rand(*inputs), torch.rand(*outputs)
    if name.endswith("channels-last"):
        model = model.to(memory_format=torch.channels_last)
        x = x.to(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = 0.5 * ((model(x) - y) ** 2).sum(1).mean()
        loss.backward()
        optimizer.step()

    return step


steps = {}
print("ready", torch.__version__, flush=True)
for line in sys.stdin:
    _, name, repetitions = line.split()
    if name not in steps:
        steps[name] = make_step(name)
        for _ in range(3):
            steps[name]()
    begin = time.perf_counter()
    for _ in range(int(repetitions)):
        steps[name]()
    print((time.perf_counter() - begin) / int(repetitions) * 1e3, flush=True)
