"""Products with the Hessian, and what is made of them, as packages for PyTorch do it.

top/pyhessian  PyHessian's `eigenvalues`: deflated power iteration by double backward, each vector until its value
               changes by less than 1e-3 relatively, or 100 times (its defaults)
top/eigsh      hessian-eigenthings': scipy's eigsh (ARPACK) over products, to the residual that ours has
trace          PyHessian's `trace`: Hutchinson's with random signs, to the relative standard error asked for
density        PyHessian's `density`: Lanczos of 80 steps from 10 vectors of random signs, fully orthogonalised

Written anew from the papers (Yao et al. 2020; Golmant et al. 2018); nothing is copied. The gradient's graph is built
once for a quantity and differentiated again for every product, as PyHessian does it for one batch.
"""

import numpy
import torch

import torch_models

PAIRS = 5
RESIDUAL = 1e-5

# what a way is called in tables: the two are not rivals for one fastest
NAMES = {"pyhessian": "power iteration", "eigsh": "SciPy's eigsh"}


def product(case, forward):
    """The product over all samples with the vector of the folder, else a random one; with the gradient it needs."""
    model = case.model().eval()
    data, labels = case.data(case.samples)
    parameters = list(model.parameters())
    count = sum(p.numel() for p in parameters)
    flat = torch_models.array(case.folder, "v") if case.folder else torch_models.uniform(count)
    if forward:
        return forward_over_reverse(case, model, data, labels, flat)
    vector = split(flat, parameters)

    def work():
        gradients = torch.autograd.grad(case.loss(model(data), labels), parameters, create_graph=True)
        return norm(torch.autograd.grad(gradients, parameters, grad_outputs=vector))

    return work


def forward_over_reverse(case, model, data, labels, flat):
    from torch.func import functional_call, grad, jvp

    parameters = {name: value.detach() for name, value in model.named_parameters()}
    buffers = dict(model.named_buffers())
    vector = dict(zip(parameters, split(flat, list(parameters.values()))))

    def loss(values):
        return case.loss(functional_call(model, {**values, **buffers}, (data,)), labels)

    return lambda: norm(jvp(grad(loss), (parameters,), (vector,))[1].values())


def norm(parts):
    return {"‖H v‖": sum(float((part.double()**2).sum()) for part in parts)**0.5}


def split(flat, parameters):
    parts, first = [], 0
    for parameter in parameters:
        parts.append(flat[first:first + parameter.numel()].view_as(parameter))
        first += parameter.numel()
    return parts


class Hessian:
    """Products v → H v of flat vectors; the forward and backward pass are done once."""

    def __init__(self, case):
        model = case.model().eval()
        data, labels = case.data(case.samples)
        self.parameters = list(model.parameters())
        self.size = sum(p.numel() for p in self.parameters)
        self.gradients = torch.autograd.grad(case.loss(model(data), labels), self.parameters, create_graph=True)
        self.products = 0

    def __call__(self, flat):
        self.products += 1
        parts = torch.autograd.grad(
            self.gradients, self.parameters, grad_outputs=split(flat, self.parameters), retain_graph=True)
        return torch.cat([part.reshape(-1) for part in parts])

    def signs(self):
        return torch.randint(2, (self.size,), device=torch_models.DEVICE).float() * 2 - 1


def pairs_found(hessian, values, vectors):
    """The values from the largest, and the largest residual relative to the first, from products of its own."""
    taken = hessian.products
    residual = max(float((hessian(v) - value * v).norm()) for value, v in zip(values, vectors)) / abs(values[0])
    found = {f"λ{i + 1}": value for i, value in enumerate(values)}
    return {**found, "residual": residual, "products": taken}


def top(case, way):
    if way == "pyhessian":
        return lambda: power_iteration(Hessian(case))
    try:
        import scipy.sparse.linalg  # noqa: F401
    except ImportError:
        return None
    return lambda: arpack(Hessian(case))


def power_iteration(hessian, tolerance=1e-3, most=100):
    values, vectors = [], []
    for _ in range(PAIRS):
        v = torch.randn(hessian.size, device=torch_models.DEVICE)
        v /= v.norm()
        value = None
        for _ in range(most):
            for u in vectors:
                v -= (v @ u) * u
            v /= v.norm()
            image = hessian(v)
            before, value = value, float(v @ image)
            length = float(image.norm())
            v = image / length
            if before is not None and abs(value - before) / (abs(before) + 1e-6) < tolerance:
                break
        values.append(value)
        vectors.append(v)
    return pairs_found(hessian, values, vectors)


def arpack(hessian):
    from scipy.sparse.linalg import LinearOperator, eigsh

    def apply(v):
        return hessian(torch.from_numpy(numpy.ascontiguousarray(v, numpy.float32).reshape(-1))).numpy()

    operator = LinearOperator((hessian.size, hessian.size), matvec=apply, dtype=numpy.float32)
    start = torch.randn(hessian.size).numpy()
    values, vectors = eigsh(operator, PAIRS, which="LA", tol=RESIDUAL, v0=start)
    order = numpy.argsort(values)[::-1]
    columns = [torch.from_numpy(numpy.ascontiguousarray(vectors[:, i])) for i in order]
    return pairs_found(hessian, [float(values[i]) for i in order], columns)


def trace(case, least=32, most=10_000):
    def work():
        hessian = Hessian(case)
        found = []
        while len(found) < most:
            z = hessian.signs()
            found.append(float(z @ hessian(z)))
            if len(found) >= least:
                error = numpy.std(found, ddof=1) / len(found)**0.5
                if error <= case.relative * abs(numpy.mean(found)):
                    break
        error = numpy.std(found, ddof=1) / len(found)**0.5
        return {"trace": numpy.mean(found), "error": error, "products": hessian.products}

    return work


def density(case, vectors=10, steps=80):
    def work():
        hessian = Hessian(case)
        traces, largest = [], -float("inf")
        for _ in range(vectors):
            nodes, weights = lanczos(hessian, min(steps, hessian.size))
            traces.append(hessian.size * float((nodes * weights).sum()))
            largest = max(largest, float(nodes.max()))
        error = numpy.std(traces, ddof=1) / vectors**0.5
        return {"trace": numpy.mean(traces), "error": error, "λ1": largest, "products": hessian.products}

    return work


def lanczos(hessian, steps):
    """Nodes and weights of Gauss quadrature."""
    basis = torch.empty(steps, hessian.size, device=torch_models.DEVICE)
    alphas, betas = [], []
    v = hessian.signs()
    v /= v.norm()
    for k in range(steps):
        basis[k] = v
        w = hessian(v)
        alphas.append(float(w @ v))
        known = basis[:k + 1]
        w -= (known @ w) @ known
        beta = float(w.norm())
        if k == steps - 1 or beta < 1e-6 * max(map(abs, alphas)):
            break
        betas.append(beta)
        v = w / beta
    size = len(alphas)
    matrix = numpy.diag(alphas) + numpy.diag(betas[:size - 1], 1) + numpy.diag(betas[:size - 1], -1)
    nodes, columns = numpy.linalg.eigh(matrix)
    return nodes, columns[0]**2
