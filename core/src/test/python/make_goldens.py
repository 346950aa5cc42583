#!/usr/bin/python3
"""Goldens of TorchGoldens: what PyTorch computes in float64 for small networks.

Run from core/ with Debian's python3-torch:  /usr/bin/python3 src/test/python/make_goldens.py

Parameters and inputs follow formulas that the test repeats, so that only results are stored:
entry i of a vector with seed s is scale * sin(1.7 * i + 0.31 * (i * i % 7) + s). Parameter j has the
seed 0.5 + j and the scale sqrt(3 / fan_in), a bias that of its weight; inputs have the seed 0.25 and
the scale 1, rounded to float32. Sample n has the label (3 n + 1) mod K.
"""

import json
import math
import os
import sys

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "goldens")
RECIPE = "/usr/bin/python3 src/test/python/make_goldens.py"


def wave(size, seed, scale):
    i = torch.arange(size)
    return scale * torch.sin(1.7 * i + 0.31 * (i * i % 7) + seed)


def inputs(*shape):
    return wave(math.prod(shape), 0.25, 1).float().double().reshape(shape)


def conv(inputs, outputs, kernel, padding):
    return torch.nn.Conv2d(inputs, outputs, kernel, padding=padding)


def stack(*channels):
    layers = []
    for c_in, c_out in zip(channels[:-1], channels[1:]):
        layers += [conv(c_in, c_out, 3, 1), torch.nn.ReLU()]
    return layers + [torch.nn.MaxPool2d(2, 2)]


def dense(*widths):
    layers = []
    for i, (a, b) in enumerate(zip(widths[:-1], widths[1:])):
        layers += ([torch.nn.ReLU()] if i else []) + [torch.nn.Linear(a, b)]
    return layers


def networks():
    flatten = torch.nn.Flatten()
    yield "linear", (13,), torch.nn.Sequential(*dense(13, 3))
    yield "mlp:7,5", (13,), torch.nn.Sequential(*dense(13, 7, 5, 3))
    # like the CNN of Mori et al., with 4, 6 and 8 channels
    yield "mori-like", (2, 17, 16), torch.nn.Sequential(
        *stack(2, 4, 4, 4), *stack(4, 6, 6, 6), *stack(6, 8, 8, 8), flatten, torch.nn.Linear(32, 4))
    yield "meng-cnn", (1, 16, 16), torch.nn.Sequential(
        conv(1, 10, 5, 0), torch.nn.ReLU(), torch.nn.MaxPool2d(2, 2),
        conv(10, 10, 5, 0), torch.nn.ReLU(), torch.nn.MaxPool2d(2, 2),
        flatten, *dense(10, 50, 4))


LOSSES = ("mse", "ce", "ce:0.1")


def layered():
    """What stands between dense layers, by the names of ModelZoo; a loss each."""
    nn = torch.nn
    activations = {
        "leaky-relu": nn.LeakyReLU(), "tanh": nn.Tanh(), "sigmoid": nn.Sigmoid(),
        "softplus": nn.Softplus(), "silu": nn.SiLU(), "gelu": nn.GELU(),
        "gelu-tanh": nn.GELU(approximate="tanh")}
    for name, act in activations.items():
        yield f"mlp:7,5:activation={name}", (13,), nn.Sequential(
            nn.Linear(13, 7), act, nn.Linear(7, 5), act, nn.Linear(5, 3))
    yield "mlp:6,5:norm=layer:activation=gelu", (13,), nn.Sequential(
        nn.Linear(13, 6), nn.LayerNorm(6), nn.GELU(),
        nn.Linear(6, 5), nn.LayerNorm(5), nn.GELU(), nn.Linear(5, 3))
    yield "mlp:6:norm=group:groups=2", (13,), nn.Sequential(
        nn.Linear(13, 6), nn.GroupNorm(2, 6), nn.ReLU(), nn.Linear(6, 3))


def fill(network):
    scale = 1
    for j, (name, parameter) in enumerate(network.named_parameters()):
        if parameter.dim() > 1:
            scale = math.sqrt(3 / parameter[0].numel())
        with torch.no_grad():
            parameter.copy_(wave(parameter.numel(), 0.5 + j, scale).reshape(parameter.shape))


def sample_losses(name, outputs, labels):
    classes = outputs.shape[1]
    if name == "mse":
        return 0.5 * (outputs - torch.nn.functional.one_hot(labels, classes)).square().sum(1)
    smoothing = float(name[3:] or 0)
    return torch.nn.functional.cross_entropy(
        outputs, labels, reduction="none", label_smoothing=smoothing)


def flat_gradient(loss, network, retain=True):
    parts = torch.autograd.grad(loss, list(network.parameters()), retain_graph=retain)
    return torch.cat([part.reshape(-1) for part in parts])


def write(name, content):
    path = os.path.join(OUT, name + ".json")
    header = {"recipe": RECIPE, "torch": torch.__version__, "python": sys.version.split()[0]}
    with open(path, "w") as file:
        json.dump({**header, **content}, file, indent=1)
        file.write("\n")


def passes():
    cases = []
    whole = [(*each, LOSSES) for each in networks()] + [(*each, ("ce",)) for each in layered()]
    for name, shape, network, losses in whole:
        fill(network)
        samples = 6
        x = inputs(samples, *shape)
        for loss in losses:
            outputs = network(x)
            labels = (3 * torch.arange(samples) + 1) % outputs.shape[1]
            losses = sample_losses(loss, outputs, labels)
            gradient = flat_gradient(losses.mean(), network)
            norms = [flat_gradient(one, network).square().sum().item() for one in losses]
            strength = sum(norms) / samples - gradient.square().sum().item()
            probe = wave(gradient.numel(), 9.75, 1)
            cases.append({
                "model": name,
                "loss": loss,
                "parameters": gradient.numel(),
                "outputs": outputs.reshape(-1).tolist(),
                "losses": losses.tolist(),
                "gradient_start": gradient[:40].tolist(),
                "gradient_end": gradient[-40:].tolist(),
                "gradient_norm_squared": gradient.square().sum().item(),
                "gradient_dot_wave": gradient.dot(probe).item(),
                "sample_norms_squared": norms,
                "noise_strength": strength,
            })
    write("passes", {"samples": 6, "cases": cases})


def flat(parts):
    return torch.cat([part.reshape(-1) for part in parts])


def gauss_newton_product(network, x, loss, v):
    """(1/N) sum J^T (d2 l / df2) J v by two backward passes for J v and two for the rest."""
    parameters = list(network.parameters())
    outputs = network(x)
    dummy = torch.zeros_like(outputs, requires_grad=True)
    pulled = flat(torch.autograd.grad(outputs, parameters, dummy, create_graph=True))
    pushed, = torch.autograd.grad(pulled.dot(v), dummy)
    free = outputs.detach().requires_grad_()
    labels = (3 * torch.arange(len(x)) + 1) % outputs.shape[1]
    slope, = torch.autograd.grad(sample_losses(loss, free, labels).mean(), free, create_graph=True)
    bent, = torch.autograd.grad((slope * pushed).sum(), free)
    return flat(torch.autograd.grad(network(x), parameters, bent))


def curvature():
    cases = []
    smooth = torch.nn.Sequential(
        torch.nn.Linear(13, 6), torch.nn.Tanh(), torch.nn.Linear(6, 5), torch.nn.Sigmoid(),
        torch.nn.Linear(5, 3))
    whole = [(*each, LOSSES) for each in [*networks(), ("smooth", (13,), smooth)]]
    for name, shape, network, losses in whole + [(*each, ("ce",)) for each in layered()]:
        fill(network)
        samples = 6
        x = inputs(samples, *shape)
        for loss in losses:
            parameters = list(network.parameters())
            outputs = network(x)
            labels = (3 * torch.arange(samples) + 1) % outputs.shape[1]
            losses = sample_losses(loss, outputs, labels)
            gradient = flat(torch.autograd.grad(losses.mean(), parameters, create_graph=True))
            v = wave(gradient.numel(), 4.5, 1)
            h = flat(torch.autograd.grad(gradient.dot(v), parameters, retain_graph=True))
            singles = torch.stack([flat_gradient(one, network) for one in losses])
            centred = singles - singles.mean(0)
            s = centred.t() @ (centred @ v) / samples
            g = gauss_newton_product(network, x, loss, v)
            probe = wave(v.numel(), 9.75, 1)
            case = {"model": name, "loss": loss, "outputs": outputs.shape[1]}
            for key, product in (("hessian", h), ("gauss_newton", g), ("covariance", s)):
                case[key] = {
                    "norm": product.norm().item(),
                    "dot_wave": product.dot(probe).item(),
                    "dot_v": product.dot(v).item(),
                    "start": product[:40].tolist(),
                    "end": product[-40:].tolist(),
                }
            cases.append(case)
    write("curvature", {"samples": 6, "cases": cases})


def trajectories():
    samples, batch, steps = 20, 5, 20
    x = inputs(samples, 6)
    labels = (3 * torch.arange(samples) + 1) % 3
    # batch k holds the samples (7 k + 3 j) mod 20
    cases = []
    for optimizer, options in (("sgd", {}), ("momentum:0.9", {"momentum": 0.9}),
                               ("nesterov:0.9", {"momentum": 0.9, "nesterov": True})):
        network = torch.nn.Sequential(*dense(6, 5, 3))
        fill(network)
        rule = torch.optim.SGD(network.parameters(), lr=0.1, **options)
        path = []
        for k in range(steps):
            index = torch.tensor([(7 * k + 3 * j) % samples for j in range(batch)])
            loss = sample_losses("ce:", network(x[index]), labels[index]).mean()
            rule.zero_grad()
            loss.backward()
            rule.step()
            path.append(loss.item())
        theta = torch.cat([p.detach().reshape(-1) for p in network.parameters()])
        cases.append({"optimizer": optimizer, "losses": path, "theta": theta.tolist()})
    write("trajectories", {"samples": samples, "batch": batch, "steps": steps, "rate": 0.1,
                           "model": "mlp:5", "loss": "ce", "cases": cases})


if __name__ == "__main__":
    os.makedirs(OUT, exist_ok=True)
    passes()
    curvature()
    trajectories()
