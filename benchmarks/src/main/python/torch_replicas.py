"""Steps of many replicas at once."""

import numpy
import torch

from torch_models import DEVICE, drawn, uniform

REPLICAS = 100


def network_step():
    """784-10-1 of all replicas in batched products."""
    data, labels = uniform(10_000, 784), uniform(10_000, 1)
    w1 = uniform(REPLICAS, 784, 10).sub_(0.5).mul_(0.1).requires_grad_()
    b1 = torch.zeros(REPLICAS, 1, 10, device=DEVICE, requires_grad=True)
    w2 = uniform(REPLICAS, 10, 1).sub_(0.5).requires_grad_()
    b2 = torch.zeros(REPLICAS, 1, 1, device=DEVICE, requires_grad=True)
    parameters = [w1, b1, w2, b2]

    def step():
        chosen = drawn(10_000, REPLICAS, 10)
        x, y = data[chosen], labels[chosen]
        f = torch.baddbmm(b2, torch.relu(torch.baddbmm(b1, x, w1)), w2)
        loss = 0.5 * ((f - y) ** 2).sum() / 10
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients):
                parameter.sub_(gradient, alpha=0.001)

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
