"""PyTorch side of the benchmark: requests and answers are lines of JSON on stdin and stdout.

A request has "work", "repetitions" and the workload: "model", "image", "outputs", "batch", "samples", perhaps
"loss" ("mse" or "ce"), "folder" with arrays of float32 (x, y, theta, v) to compute on, and "chunk", samples of one
pass. The answer has "ms", the time of one repetition, the device waited for, perhaps "found", numbers by name, and
"library", where it was another than PyTorch; or "failed", the reason; or "unknown". Work is a model of
torch_models.Case and variants, each with a slash before it:

    adam, ...      another optimizer than SGD: a name of torch_steps.OPTIMIZERS
    drawn          a mini-batch drawn and gathered from data on the device every step; else one batch
    graph          the whole step captured as a CUDA graph: draw, gather, forward, backward, update
    compiled       the model by torch.compile
    channels-last  images in that memory format
    numpy          the step by hand in NumPy (networks of dense layers, plain SGD)
    epoch          all samples once in random order, gathered and trained on
    replicas       784-10-1 of 100 replicas in batched products (mlp:10); with vmap by torch.func, with numpy in NumPy
    gradient       the gradient of all samples instead of a step
    norms          the norms of all per-sample gradients; with vmap by torch.func
    hvp            gradient, then a Hessian-vector product over all samples by double backward
    hvp/forward    the same by forward over reverse
    top/pyhessian, top/eigsh, trace, density   see torch_spectra.py

or "regression:D" (NumPy), "regression:D/replicas" (PyTorch). Environment: TORCH_DEVICE cpu or cuda; TORCH_TF32 1 or
0, set for products and convolutions alike (PyTorch's own defaults are off and on); threads by OMP_NUM_THREADS.
cudnn.benchmark is on, as users have it who care about speed.
"""

import importlib.util
import json
import os
import sys
import time

import numpy
import torch

import torch_models
import torch_norms
import torch_replicas
import torch_spectra
import torch_steps

DEVICE = torch_models.DEVICE
TF32 = os.environ.get("TORCH_TF32", "0") == "1"
WARM_UP = 3

# from PyTorch 2.0 on
FUNC = importlib.util.find_spec("torch.func") is not None

torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
torch.manual_seed(0)
if DEVICE != "cpu":
    torch.backends.cuda.matmul.allow_tf32 = TF32
    torch.backends.cudnn.allow_tf32 = TF32
    torch.backends.cudnn.benchmark = True


def synchronize():
    if DEVICE != "cpu":
        torch.cuda.synchronize()


def blas(mkl):
    """Whose products of matrices these are: with the reference BLAS they take tens of times as long."""
    if mkl:
        return "MKL"
    with open("/proc/self/maps") as maps:
        libraries = maps.read()
    if "openblas" in libraries:
        return "OpenBLAS"
    return "reference BLAS" if "/libblas.so" in libraries else "BLAS unknown"


NAME = f"PyTorch {torch.__version__} ({blas(torch.backends.mkl.is_available())})"
NUMPY_NAME = f"NumPy {numpy.__version__} ({blas(False)})"


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


def chosen(name, request):
    """What does the work, and whether it takes so long that it is not to be warmed up."""
    model, *variants = name.split("/")
    if model.startswith("regression:"):
        dimension = int(model.split(":")[1])
        make = torch_replicas.torch_regression_step if "replicas" in variants else torch_replicas.numpy_regression_step
        return make(dimension), False
    if not FUNC and ("vmap" in variants or "forward" in variants):
        return None, False
    case = torch_models.Case(request)
    if "replicas" in variants:
        return torch_replicas.network_step(case, variants), False
    if "numpy" in variants:
        return torch_steps.numpy_step(case, variants), False
    if "epoch" in variants:
        return torch_steps.epoch(case), True
    if "gradient" in variants:
        return torch_norms.gradient(case), False
    if "norms" in variants:
        return torch_norms.vmapped(case) if "vmap" in variants else torch_norms.from_layers(case), False
    if "hvp" in variants:
        return torch_spectra.product(case, "forward" in variants), False
    if "top" in variants:
        return torch_spectra.top(case, variants[-1]), True
    if "trace" in variants:
        return torch_spectra.trace(case), True
    if "density" in variants:
        return torch_spectra.density(case), True
    return torch_steps.training_step(case, variants), False


def prepared(name, request):
    work, long = chosen(name, request)
    if work is None:
        return None
    if "graph" in name.split("/"):
        work = captured(work)
    for _ in range(0 if long else WARM_UP):
        work()
    return work


def answer(request, works):
    name = request["work"]
    if name not in works:
        works[name] = prepared(name, request)
    work = works[name]
    if work is None:
        return {"unknown": name}
    synchronize()
    begin = time.perf_counter()
    for _ in range(request["repetitions"]):
        found = work()
    synchronize()
    answered = {"ms": (time.perf_counter() - begin) / request["repetitions"] * 1e3}
    if isinstance(found, dict):
        answered["found"] = {key: float(value) for key, value in found.items()}
    if "top" in name.split("/"):
        answered["library"] = f"{NAME}, {torch_spectra.NAMES[name.split('/')[-1]]}"
    elif "numpy" in name.split("/") or name.startswith("regression:") and "/" not in name:
        answered["library"] = NUMPY_NAME
    return answered


def main():
    works = {}
    if "reference" in NAME:
        print(f"warning: {sys.executable}: {NAME} is slow: install an OpenBLAS (libopenblas0)", file=sys.stderr)
    print(json.dumps({"library": NAME}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        if request["work"] == "forget":
            works.clear()
            print("{}", flush=True)
            continue
        try:
            answered = answer(request, works)
        except Exception as error:  # one way that this PyTorch lacks must not end the others
            answered = {"failed": f"{type(error).__name__}: {error}".replace("\n", " ")[:300]}
        print(json.dumps(answered), flush=True)


if __name__ == "__main__":
    main()
