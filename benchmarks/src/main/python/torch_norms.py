"""Gradients of all samples, and the norms of each sample's gradient.

The noise strength that both ways give is (1/N) Σ |g|² - |mean g|², batch normalisation in evaluation mode.
"""

import torch


def chunks(case):
    data, labels = case.data(case.samples)
    size = case.chunk
    return [(data[i:i + size], labels[i:i + size]) for i in range(0, case.samples, size)]


def gradient(case):
    """The gradient of the mean loss of all samples, in chunks as ours."""
    model = case.model().eval()
    parts = chunks(case)

    def work():
        model.zero_grad(set_to_none=True)
        for x, y in parts:
            (case.losses(model(x), y).sum() / case.samples).backward()

    return work


def strength(case, squares, gradients):
    mean = sum(float((gradient**2).sum()) for gradient in gradients)
    return {"noise strength": float(squares) / case.samples - mean}


def from_layers(case):
    """As BackPACK's BatchL2Grad: from every layer's inputs and cotangents, beside the gradient of the same pass."""
    model = case.model().eval()
    parts = chunks(case)
    layers = [m for m in model.modules() if list(m.parameters(recurse=False))]
    inputs = {}
    total = [0.0]

    def keep(layer, arguments, output):
        inputs[layer] = arguments[0].detach()
        output.register_hook(lambda bar: add(layer, bar))

    def add(layer, bar):
        total[0] = total[0] + squares(layer, inputs[layer], bar).sum().double()

    for layer in layers:
        layer.register_forward_hook(keep)

    def work():
        total[0] = torch.zeros((), dtype=torch.float64)
        model.zero_grad(set_to_none=True)
        for x, y in parts:
            # cotangents are those of each sample's own loss
            case.losses(model(x), y).sum().backward()
        return strength(case, total[0], [p.grad / case.samples for p in model.parameters()])

    return work


def squares(layer, x, bar):
    """Squared norms of a layer's per-sample gradients."""
    if isinstance(layer, torch.nn.Linear):
        norms = bar.pow(2).sum(1)
        return norms * x.pow(2).sum(1) + (norms if layer.bias is not None else 0)
    if isinstance(layer, torch.nn.Conv2d):
        bars = bar.flatten(2)
        unfolded = torch.nn.functional.unfold(x, layer.kernel_size, layer.dilation, layer.padding, layer.stride)
        outputs, pixels, taps = bars.shape[1], bars.shape[2], unfolded.shape[1]
        if pixels * (outputs + taps) < outputs * taps:
            # fewer products by the Gram matrices of pixels
            grams = torch.bmm(unfolded.transpose(1, 2), unfolded) * torch.bmm(bars.transpose(1, 2), bars)
            total = grams.sum((1, 2))
        else:
            total = torch.bmm(bars, unfolded.transpose(1, 2)).pow(2).sum((1, 2))
        return total + (bars.sum(2).pow(2).sum(1) if layer.bias is not None else 0)
    # batch normalisation in evaluation mode: a scale and a shift a channel
    shape = (1, -1, 1, 1)
    scale = (layer.running_var + layer.eps).rsqrt().view(shape)
    normal = (x - layer.running_mean.view(shape)) * scale
    return (bar * normal).sum((2, 3)).pow(2).sum(1) + bar.sum((2, 3)).pow(2).sum(1)


def vmapped(case):
    """By torch.func: the gradient of one sample, mapped over the samples."""
    from torch.func import functional_call, grad, vmap

    model = case.model().eval()
    parts = chunks(case)
    parameters = {name: value.detach() for name, value in model.named_parameters()}
    buffers = dict(model.named_buffers())

    def loss(values, x, y):
        outputs = functional_call(model, {**values, **buffers}, (x.unsqueeze(0),))
        return case.losses(outputs, y.unsqueeze(0)).sum()

    gradients = vmap(grad(loss), in_dims=(None, 0, 0))

    def work():
        total = torch.zeros((), dtype=torch.float64)
        sums = {name: torch.zeros_like(value) for name, value in parameters.items()}
        for x, y in parts:
            for name, each in gradients(parameters, x, y).items():
                total += each.flatten(1).pow(2).sum()
                sums[name] += each.sum(0)
        return strength(case, total, [value / case.samples for value in sums.values()])

    return work
