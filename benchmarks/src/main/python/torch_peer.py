"""PyTorch side of the benchmark: one request a line on stdin, one time in ms on stdout.

Request: "step MODEL REPETITIONS", MODEL one of the keys of CASES. The threads are set by the parent
through OMP_NUM_THREADS and OPENBLAS_NUM_THREADS.
"""

import os
import sys
import time

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


def make_step(name):
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
