"""PyTorch side of the benchmark: one request a line on stdin, one time in ms on stdout.

Request: "time WORK REPETITIONS"; the answer is the time of one call in ms, the device waited for, or
"failed REASON". WORK is a model of torch_models.case and variants, each with a slash before it:

    adam, ...      another optimizer than SGD: a name of OPTIMIZERS below
    drawn          a mini-batch drawn and gathered from data on the device every step; else one batch
    graph          the whole step captured as a CUDA graph: draw, gather, forward, backward, update
    compiled       the model by torch.compile
    channels-last  images in that memory format
    replicas       784-10-1 of 100 replicas in batched products (mlp:10)
    gradient       the gradient of all samples instead of a step
    hvp            gradient, then a Hessian-vector product over all samples by double backward
    hvp/forward    the same by forward over reverse

or "regression:D" (NumPy), "regression:D/replicas" (PyTorch). Environment: TORCH_DEVICE cpu or cuda;
TORCH_TF32 1 or 0, set for products and convolutions alike (PyTorch's own defaults are off and on);
threads by OMP_NUM_THREADS. cudnn.benchmark is on, as users have it who care about speed.
"""

import os
import sys
import time

import torch

import torch_models
import torch_replicas

DEVICE = torch_models.DEVICE
TF32 = os.environ.get("TORCH_TF32", "0") == "1"
LEARNING_RATE = 0.001
WARM_UP = 3

torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
torch.manual_seed(0)
if DEVICE != "cpu":
    torch.backends.cuda.matmul.allow_tf32 = TF32
    torch.backends.cudnn.allow_tf32 = TF32
    torch.backends.cudnn.benchmark = True


def synchronize():
    if DEVICE != "cpu":
        torch.cuda.synchronize()


# by noisescape's names
OPTIMIZERS = {
    "adam": (torch.optim.Adam, {}),
    "weight-decay:5e-4+momentum:0.9": (torch.optim.SGD, {"momentum": 0.9, "weight_decay": 5e-4}),
}


def optimizer_of(model, variants):
    named = [name for name in OPTIMIZERS if name in variants]
    make, options = OPTIMIZERS[named[0]] if named else (torch.optim.SGD, {})
    fused = {"fused": True} if DEVICE != "cpu" else {}
    return make(model.parameters(), lr=LEARNING_RATE, **options, **fused)


def training_step(case, variants):
    model = case.model()
    last = "channels-last" in variants
    if last:
        model = model.to(memory_format=torch.channels_last)
    if "compiled" in variants:
        model = torch.compile(model)
    optimizer = optimizer_of(model, variants)
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
        torch_models.loss_of(model(x), y).backward()
        optimizer.step()

    return step


def gradient(case):
    """The gradient of the mean loss of all samples."""
    model = case.model()
    data, labels = case.data(case.samples)
    parameters = list(model.parameters())
    return lambda: torch.autograd.grad(torch_models.loss_of(model(data), labels), parameters)


def double_backward(case):
    """H v over all samples: the gradient of the gradient's product with v."""
    model = case.model()
    data, labels = case.data(case.samples)
    parameters = list(model.parameters())
    vector = [torch.rand_like(parameter) for parameter in parameters]

    def product():
        loss = torch_models.loss_of(model(data), labels)
        gradients = torch.autograd.grad(loss, parameters, create_graph=True)
        return torch.autograd.grad(gradients, parameters, grad_outputs=vector)

    return product


def forward_over_reverse(case):
    """H v over all samples: the derivative of the gradient along v."""
    from torch.func import functional_call, grad, jvp

    model = case.model()
    data, labels = case.data(case.samples)
    parameters = {name: value.detach() for name, value in model.named_parameters()}
    vector = {name: torch.rand_like(value) for name, value in parameters.items()}

    def loss(values):
        return torch_models.loss_of(functional_call(model, values, (data,)), labels)

    return lambda: jvp(grad(loss), (parameters,), (vector,))


def captured(step):
    """The step as a CUDA graph."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(WARM_UP):
            step()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step()
    return graph.replay


def prepared(name):
    model, *variants = name.split("/")
    if model.startswith("regression:"):
        dimension = int(model.split(":")[1])
        if "replicas" in variants:
            work = torch_replicas.torch_regression_step(dimension)
        else:
            work = torch_replicas.numpy_regression_step(dimension)
    elif "replicas" in variants:
        work = torch_replicas.network_step()
    elif "gradient" in variants:
        work = gradient(torch_models.case(model))
    elif "hvp" in variants:
        case = torch_models.case(model)
        work = forward_over_reverse(case) if "forward" in variants else double_backward(case)
    else:
        work = training_step(torch_models.case(model), variants)
    if "graph" in variants:
        work = captured(work)
    for _ in range(WARM_UP):
        work()
    return work


def milliseconds(work, repetitions):
    synchronize()
    begin = time.perf_counter()
    for _ in range(repetitions):
        work()
    synchronize()
    return (time.perf_counter() - begin) / repetitions * 1e3


works = {}
print("ready", torch.__version__, flush=True)
for line in sys.stdin:
    _, name, repetitions = line.split()
    try:
        if name not in works:
            works[name] = prepared(name)
        print(milliseconds(works[name], int(repetitions)), flush=True)
    except Exception as error:  # one way that this PyTorch lacks must not end the others
        print("failed", f"{type(error).__name__}: {error}".replace("\n", " ")[:300], flush=True)
