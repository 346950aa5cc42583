"""Training steps and epochs."""

import numpy
import torch

import torch_models

LEARNING_RATE = 0.001

# by noisescape's names
OPTIMIZERS = {
    "momentum:0.9": (torch.optim.SGD, {"momentum": 0.9}),
    "adam": (torch.optim.Adam, {}),
    "weight-decay:5e-4+momentum:0.9": (torch.optim.SGD, {"momentum": 0.9, "weight_decay": 5e-4}),
}

# words of variants that are no optimizer
WAYS = {"drawn", "graph", "compiled", "channels-last"}


def optimizer_of(model, variants):
    """The fused optimizer where this PyTorch has one for the device, else its default; none for another name."""
    named = [name for name in variants if name not in WAYS]
    if any(name not in OPTIMIZERS for name in named):
        return None
    make, options = OPTIMIZERS[named[0]] if named else (torch.optim.SGD, {})
    try:
        return make(model.parameters(), lr=LEARNING_RATE, fused=True, **options)
    except (RuntimeError, TypeError):
        return make(model.parameters(), lr=LEARNING_RATE, **options)


def training_step(case, variants):
    model = case.model()
    last = "channels-last" in variants
    if last:
        model = model.to(memory_format=torch.channels_last)
    if "compiled" in variants:
        model = torch.compile(model)
    optimizer = optimizer_of(model, variants)
    if optimizer is None:
        return None
    drawn = "drawn" in variants
    data, labels = case.data(case.samples if drawn else case.batch)
    if last:
        # rows of pixels, of which a gathered batch is channels-last without being converted
        data = data.permute(0, 2, 3, 1).contiguous()

    def step():
        x, y = data, labels
        if drawn:
            chosen = torch_models.drawn(case.samples, case.batch)
            x, y = data[chosen], labels[chosen]
        if last:
            x = x.permute(0, 3, 1, 2)
        optimizer.zero_grad(set_to_none=True)
        case.loss(model(x), y).backward()
        optimizer.step()

    return step


def epoch(case):
    """All samples in random order, in memory: what a DataLoader does without its processes and collation."""
    model = case.model()
    optimizer = optimizer_of(model, [])
    data, labels = case.data(case.samples)

    def work():
        order = torch.randperm(case.samples, device=torch_models.DEVICE)
        for first in range(0, case.samples - case.batch + 1, case.batch):
            chosen = order[first:first + case.batch]
            optimizer.zero_grad(set_to_none=True)
            case.loss(model(data[chosen]), labels[chosen]).backward()
            optimizer.step()

    return work


def numpy_step(case, variants):
    """A step of dense layers and ReLU on one mini-batch, plain SGD, in float32."""
    if not case.dense or case.name.count(":") != 1 or variants != ["numpy"]:
        return None
    generator = numpy.random.default_rng(0)
    widths = [case.inputs, *map(int, case.name.split(":")[1].split(",")), case.outputs]
    weights = [
        (generator.random((m, n), dtype=numpy.float32) - numpy.float32(0.5)) * numpy.float32(2 / m**0.5)
        for m, n in zip(widths, widths[1:])]
    biases = [numpy.zeros(n, numpy.float32) for n in widths[1:]]
    x = generator.random((case.batch, case.inputs), dtype=numpy.float32)
    y = generator.random((case.batch, case.outputs), dtype=numpy.float32)
    rate = numpy.float32(LEARNING_RATE)

    def step():
        values = [x]
        for i, (weight, bias) in enumerate(zip(weights, biases)):
            z = values[-1] @ weight + bias
            values.append(numpy.maximum(z, 0, out=z) if i < len(weights) - 1 else z)
        bar = (values[-1] - y) / numpy.float32(case.batch)
        for i in reversed(range(len(weights))):
            below = (bar @ weights[i].T) * (values[i] > 0) if i > 0 else None
            weights[i] -= rate * (values[i].T @ bar)
            biases[i] -= rate * bar.sum(0)
            bar = below

    return step
