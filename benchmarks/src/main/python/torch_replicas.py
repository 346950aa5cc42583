"""Steps of many replicas at once."""

import numpy
import torch

from torch_models import DEVICE, drawn, uniform

REPLICAS = 100


def network_step(case, variants):
    """Networks of one hidden layer of 10, one output, all replicas at once."""
    if "numpy" in variants:
        return numpy_network_step(case)
    if "vmap" in variants:
        return vmapped_network_step(case)
    data, labels = uniform(case.samples, case.inputs), uniform(case.samples, 1)
    w1 = uniform(REPLICAS, case.inputs, 10).sub_(0.5).mul_(0.1).requires_grad_()
    b1 = torch.zeros(REPLICAS, 1, 10, device=DEVICE, requires_grad=True)
    w2 = uniform(REPLICAS, 10, 1).sub_(0.5).requires_grad_()
    b2 = torch.zeros(REPLICAS, 1, 1, device=DEVICE, requires_grad=True)
    parameters = [w1, b1, w2, b2]

    def step():
        chosen = drawn(case.samples, REPLICAS, case.batch)
        x, y = data[chosen], labels[chosen]
        f = torch.baddbmm(b2, torch.relu(torch.baddbmm(b1, x, w1)), w2)
        loss = 0.5 * ((f - y) ** 2).sum() / case.batch
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients):
                parameter.sub_(gradient, alpha=0.001)

    return step


def vmapped_network_step(case):
    """The same by vmap of the gradient of one network."""
    from torch.func import grad, vmap

    data, labels = uniform(case.samples, case.inputs), uniform(case.samples, 1)
    parameters = (
        uniform(REPLICAS, case.inputs, 10).sub_(0.5).mul_(0.1), torch.zeros(REPLICAS, 10, device=DEVICE),
        uniform(REPLICAS, 10, 1).sub_(0.5), torch.zeros(REPLICAS, 1, device=DEVICE))

    def loss(weights, x, y):
        w1, b1, w2, b2 = weights
        return 0.5 * ((torch.relu(x @ w1 + b1) @ w2 + b2 - y) ** 2).sum() / case.batch

    gradients = vmap(grad(loss))

    def step():
        chosen = drawn(case.samples, REPLICAS, case.batch)
        for parameter, gradient in zip(parameters, gradients(parameters, data[chosen], labels[chosen])):
            parameter.sub_(gradient, alpha=0.001)

    return step


def numpy_network_step(case):
    """The same in NumPy, the gradient by hand."""
    generator = numpy.random.default_rng(0)
    data = generator.random((case.samples, case.inputs), dtype=numpy.float32)
    labels = generator.random((case.samples, 1), dtype=numpy.float32)
    w1 = (generator.random((REPLICAS, case.inputs, 10), dtype=numpy.float32) - 0.5) * numpy.float32(0.1)
    b1 = numpy.zeros((REPLICAS, 1, 10), numpy.float32)
    w2 = generator.random((REPLICAS, 10, 1), dtype=numpy.float32) - numpy.float32(0.5)
    b2 = numpy.zeros((REPLICAS, 1, 1), numpy.float32)
    rate = numpy.float32(0.001)

    def step():
        chosen = generator.integers(case.samples, size=(REPLICAS, case.batch))
        x = data[chosen]
        h = numpy.maximum(x @ w1 + b1, 0)
        f_bar = (h @ w2 + b2 - labels[chosen]) / numpy.float32(case.batch)
        h_bar = f_bar * w2.transpose(0, 2, 1) * (h > 0)
        w2[...] -= rate * (h.transpose(0, 2, 1) @ f_bar)
        b2[...] -= rate * f_bar.sum(1, keepdims=True)
        w1[...] -= rate * (x.transpose(0, 2, 1) @ h_bar)
        b1[...] -= rate * h_bar.sum(1, keepdims=True)

    return step


def regression_data(dimension):
    generator = numpy.random.default_rng(0)
    x = generator.standard_normal((10_000, dimension))
    y = generator.standard_normal(10_000)
    return generator, x, y, x.T @ x / len(y), x.T @ y / len(y), y @ y / len(y) / 2


def numpy_regression_step(dimension):
    """One sample a step, all replicas in one array, the full loss by its quadratic form."""
    generator, x, y, a, b, c = regression_data(dimension)
    theta = numpy.zeros((REPLICAS, dimension))

    def step():
        chosen = generator.integers(len(y), size=REPLICAS)
        rows = x[chosen]
        residual = (theta * rows).sum(1) - y[chosen]
        theta[...] -= 0.05 * residual[:, None] * rows
        loss = 0.5 * ((theta @ a) * theta).sum(1) - theta @ b + c
        return (loss > 1e30).any()

    return step


def torch_regression_step(dimension):
    """The same in PyTorch; whether a threshold was passed stays on the device."""
    _, x, y, a, b, c = regression_data(dimension)
    x, y, a, b, c = (torch.tensor(value, device=DEVICE) for value in (x, y, a, b, c))
    theta = torch.zeros(REPLICAS, dimension, dtype=torch.float64, device=DEVICE)
    passed = torch.zeros(REPLICAS, dtype=torch.bool, device=DEVICE)

    def step():
        chosen = drawn(len(y), REPLICAS)
        rows = x[chosen]
        residual = (theta * rows).sum(1) - y[chosen]
        theta.sub_(0.05 * residual[:, None] * rows)
        loss = 0.5 * ((theta @ a) * theta).sum(1) - theta @ b + c
        passed.logical_or_(loss > 1e30)

    return step
