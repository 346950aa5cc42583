#!/usr/bin/python3
"""Goldens of TorchOptimizersTest: fifty steps of PyTorch's optimizers and schedulers in float64.

Run from core/ with Debian's python3-torch:  /usr/bin/python3 src/test/python/make_optimizer_goldens.py

Parameters and inputs are those of make_goldens.py; every step sees all samples. Lion, SAM and
decoupled decay of SGD, which this PyTorch has not, are written out after their papers' algorithms.
"""

import os

import torch
from torch.optim.lr_scheduler import (CosineAnnealingLR, LambdaLR, LinearLR, MultiStepLR, OneCycleLR,
                                      PolynomialLR, SequentialLR)
from torch.optim.swa_utils import AveragedModel

import make_goldens as goldens

goldens.RECIPE = "/usr/bin/python3 src/test/python/make_optimizer_goldens.py"
SAMPLES, STEPS = 20, 50


class Lion(torch.optim.Optimizer):
    """Chen et al. (2023), algorithm 2."""

    def __init__(self, params, lr, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(params, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                update = torch.sign(beta1 * m + (1 - beta1) * p.grad)
                p.sub_(group["lr"] * (update + group["weight_decay"] * p))
                m.mul_(beta2).add_(p.grad, alpha=1 - beta2)


def sgd(**options):
    return lambda groups, lr: torch.optim.SGD(groups, lr=lr, **options)


def adam(**options):
    return lambda groups, lr: torch.optim.Adam(groups, lr=lr, **options)


def adamw(**options):
    return lambda groups, lr: torch.optim.AdamW(groups, lr=lr, **options)


def rmsprop(**options):
    return lambda groups, lr: torch.optim.RMSprop(groups, lr=lr, **options)


def lion(**options):
    return lambda groups, lr: Lion(groups, lr=lr, **options)


def clip_norm(bound):
    return lambda network: torch.nn.utils.clip_grad_norm_(network.parameters(), bound)


def clip_value(bound):
    return lambda network: torch.nn.utils.clip_grad_value_(network.parameters(), bound)


def mean_of(decay):
    return lambda network: AveragedModel(
        network, avg_fn=lambda mean, new, count: decay * mean + (1 - decay) * new)


def interpolated(points):
    def factor(k):
        for (a, x), (b, y) in zip(points, points[1:]):
            if k < b:
                return x + (k - a) / (b - a) * (y - x)
        return points[-1][1]
    return factor


MOMENTUM = sgd(momentum=0.9)
# optimizer, rate, its making, and what else
OPTIMIZERS = [
    ("sgd", 0.1, sgd(), {}),
    ("momentum:0.9", 0.1, MOMENTUM, {}),
    ("nesterov:0.9", 0.1, sgd(momentum=0.9, nesterov=True), {}),
    ("weight-decay:0.01", 0.1, sgd(weight_decay=0.01), {}),
    ("weight-decay:0.01+momentum:0.9", 0.1, sgd(momentum=0.9, weight_decay=0.01), {}),
    ("weight-decay:0.1,weights+nesterov:0.8", 0.1, sgd(momentum=0.8, nesterov=True),
     {"decay": 0.1}),
    ("momentum:0.9+weight-decay:0.1,decoupled", 0.05, MOMENTUM, {"shrink": 0.1}),
    ("adam", 0.01, adam(), {}),
    ("adam:0.8,0.95,1e-3", 0.02, adam(betas=(0.8, 0.95), eps=1e-3), {}),
    ("weight-decay:0.1+adam", 0.01, adam(weight_decay=0.1), {}),
    ("adamw:decay=0.1", 0.01, adamw(weight_decay=0.1), {}),
    ("adamw:0.9,0.99,1e-6,decay=0.2,weights", 0.01,
     adamw(betas=(0.9, 0.99), eps=1e-6, weight_decay=0), {"decay": 0.2}),
    ("rmsprop", 0.003, rmsprop(), {}),
    ("rmsprop:0.9,1e-3+momentum:0.5", 0.003, rmsprop(alpha=0.9, eps=1e-3, momentum=0.5), {}),
    ("lion", 0.003, lion(), {}),
    ("lion:0.8,0.95,decay=0.1", 0.003, lion(betas=(0.8, 0.95), weight_decay=0.1), {}),
    ("clip:0.3+momentum:0.9", 0.1, MOMENTUM, {"clip": clip_norm(0.3)}),
    ("clip:value=0.05+weight-decay:0.01+momentum:0.9", 0.1,
     sgd(momentum=0.9, weight_decay=0.01), {"clip": clip_value(0.05)}),
    ("sam:rho=0.1+momentum:0.9", 0.1, MOMENTUM, {"rho": 0.1}),
    ("sam:rho=0.05+adamw:decay=0.1", 0.01, adamw(weight_decay=0.1), {"rho": 0.05}),
    ("momentum:0.9+ema:0.9", 0.1, MOMENTUM, {"mean": mean_of(0.9)}),
    ("momentum:0.9+polyak:from=7", 0.1, MOMENTUM, {"mean": AveragedModel, "at": range(7, 51)}),
    ("momentum:0.9+swa:from=10,every=5", 0.1, MOMENTUM,
     {"mean": AveragedModel, "at": range(10, 51, 5)}),
]
# schedule, with what optimizer, rate, its making
SCHEDULES = [
    ("cosine", "momentum:0.9", 0.1, MOMENTUM, lambda o: CosineAnnealingLR(o, STEPS)),
    ("cosine:to=0.1", "adam", 0.01, adam(), lambda o: CosineAnnealingLR(o, STEPS, 0.001)),
    ("warmup:10,from=0.1+cosine", "momentum:0.9", 0.1, MOMENTUM, lambda o: SequentialLR(
        o, [LinearLR(o, 0.1, 1, 10), CosineAnnealingLR(o, STEPS - 10)], [10])),
    ("linear:to=0.1", "momentum:0.9", 0.1, MOMENTUM, lambda o: LinearLR(o, 1, 0.1, STEPS)),
    ("linear:to=0.1,over=20+constant", "sgd", 0.1, sgd(), lambda o: SequentialLR(
        o, [LinearLR(o, 1, 0.1, 20), LambdaLR(o, lambda k: 1)], [20])),
    ("polynomial:2", "momentum:0.9", 0.1, MOMENTUM, lambda o: PolynomialLR(o, STEPS, 2)),
    ("step:0.5@10,30", "sgd", 0.2, sgd(), lambda o: MultiStepLR(o, [10, 30], 0.5)),
    ("one-cycle", "momentum:0.9", 0.2, MOMENTUM,
     lambda o: OneCycleLR(o, 0.2, total_steps=STEPS, cycle_momentum=False)),
    ("one-cycle:rise=0.4,from=0.1,to=0.001/momentum=one-cycle:rise=0.4,from=1,peak=0.8,to=1",
     "momentum:0.95", 0.1, sgd(momentum=0.95),
     lambda o: OneCycleLR(o, 0.1, total_steps=STEPS, pct_start=0.4, div_factor=10,
                          final_div_factor=100, base_momentum=0.76, max_momentum=0.95)),
    ("piecewise:1@0,0.3@20,0.05@40", "sgd", 0.2, sgd(),
     lambda o: LambdaLR(o, lambda k: 1 if k < 20 else 0.3 if k < 40 else 0.05)),
    ("lines:0@0,1@10,0.2@45", "momentum:0.9", 0.1, MOMENTUM,
     lambda o: LambdaLR(o, interpolated([(0, 0), (10, 1), (45, 0.2)]))),
]


def groups_of(network, decay):
    if decay is None:
        return list(network.parameters())
    weights = [p for n, p in network.named_parameters() if n.endswith("weight")]
    biases = [p for n, p in network.named_parameters() if not n.endswith("weight")]
    return [{"params": weights, "weight_decay": decay}, {"params": biases, "weight_decay": 0}]


def flat(network):
    return torch.cat([p.detach().reshape(-1) for p in network.parameters()])


def run(rate, make, loss_name="ce:", schedule=None, decay=None, shrink=0, clip=None, rho=0,
        mean=None, at=None):
    x = goldens.inputs(SAMPLES, 6)
    labels = (3 * torch.arange(SAMPLES) + 1) % 3
    network = torch.nn.Sequential(*goldens.dense(6, 5, 3))
    goldens.fill(network)
    optimizer = make(groups_of(network, decay), rate)
    scheduler = schedule(optimizer) if schedule else None
    average = mean(network) if mean else None
    losses, rates, early = [], [], None

    def gradient():
        optimizer.zero_grad()
        loss = goldens.sample_losses(loss_name, network(x), labels).mean()
        loss.backward()
        return loss.item()

    for k in range(1, STEPS + 1):
        losses.append(gradient())
        if rho:
            kept = [p.detach().clone() for p in network.parameters()]
            with torch.no_grad():
                norm = torch.cat([p.grad.reshape(-1) for p in network.parameters()]).norm()
                for p in network.parameters():
                    p.add_(p.grad * (rho / (norm + 1e-12)))
            gradient()
            with torch.no_grad():
                for p, value in zip(network.parameters(), kept):
                    p.copy_(value)
        if clip:
            clip(network)
        rates.append(optimizer.param_groups[0]["lr"])
        if shrink:
            with torch.no_grad():
                for p in network.parameters():
                    p.mul_(1 - rates[-1] * shrink)
        optimizer.step()
        if scheduler:
            scheduler.step()
        if average and (at is None or k in at):
            average.update_parameters(network)
        if k == 10:
            early = flat(network).tolist()
    case = {"rate": rate, "loss": loss_name.rstrip(":"), "losses": losses, "early": early,
            "theta": flat(network).tolist()}
    if scheduler:
        case["rates"] = rates
    if average:
        case["average"] = flat(average.module).tolist()
    return case


def main():
    cases = []
    for optimizer, rate, make, options in OPTIMIZERS:
        for loss in ("ce:", "mse") if "weights" in optimizer else ("ce:",):
            cases.append({"optimizer": optimizer, "schedule": "constant",
                          **run(rate, make, loss, **options)})
    for schedule, optimizer, rate, make, scheduler in SCHEDULES:
        cases.append({"optimizer": optimizer, "schedule": schedule,
                      **run(rate, make, schedule=scheduler)})
    goldens.write("optimizers", {"samples": SAMPLES, "steps": STEPS, "model": "mlp:5",
                                 "cases": cases})


if __name__ == "__main__":
    os.makedirs(goldens.OUT, exist_ok=True)
    main()
