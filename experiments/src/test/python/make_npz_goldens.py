#!/usr/bin/python3
"""Goldens of NpzCheckpointTest: a perceptron trained in PyTorch on an npz, and what PyTorch measures.

Run from experiments/ with Debian's python3-torch:  /usr/bin/python3 src/test/python/make_npz_goldens.py

Like scikit-learn's make_classification: 150 points of 3 classes around corners of a cube in 4 of 6
dimensions, the others noise. Loss, the exact loop over samples and the whole Hessian by autograd are
float64.
"""

import json
import os
import struct

import numpy as np
import torch
from torch.nn import functional as F

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "npz")
COUNT, INFORMATIVE, DIMENSION, CLASSES = 200, 4, 6, 3

torch.manual_seed(2)
torch.set_num_threads(1)
random = np.random.default_rng(11)
labels = np.arange(COUNT) % CLASSES
corners = random.choice([-1.0, 1.0], (CLASSES, INFORMATIVE))
points = random.normal(0, 1, (COUNT, DIMENSION))
points[:, :INFORMATIVE] += corners[labels]
points = points.astype("f4")
np.savez(os.path.join(OUT, "points.npz"), x_train=points[:150], y_train=labels[:150], x_test=points[150:], y_test=labels[150:])

net = torch.nn.Sequential(
    torch.nn.Linear(DIMENSION, 12),
    torch.nn.ReLU(),
    torch.nn.Linear(12, 8),
    torch.nn.GELU(),
    torch.nn.Linear(8, CLASSES),
)
x, y = torch.tensor(points[:150]), torch.tensor(labels[:150])
optimizer = torch.optim.SGD(net.parameters(), lr=0.2, momentum=0.9)
for _ in range(30):
    optimizer.zero_grad()
    F.cross_entropy(net(x), y).backward()
    optimizer.step()

header, data = {}, b""
for key, value in sorted(net.state_dict().items()):
    raw = value.contiguous().numpy().tobytes()
    header[key] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(raw)]}
    data += raw
text = json.dumps(header).encode()
with open(os.path.join(OUT, "perceptron.safetensors"), "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + data)

wide = net.double()
inputs, parameters = x.double(), list(wide.parameters())


def flat(gradients):
    return torch.cat([g.reshape(-1) for g in gradients])


def loss(first, behind):
    return F.cross_entropy(wide(inputs[first:behind]), y[first:behind])


rows = torch.stack([flat(torch.autograd.grad(loss(i, i + 1), parameters)) for i in range(150)])
gradient = flat(torch.autograd.grad(loss(0, 150), parameters, create_graph=True))
hessian = torch.stack([flat(torch.autograd.grad(g, parameters, retain_graph=True)) for g in gradient])
top = torch.linalg.eigvalsh((hessian + hessian.T) / 2)
numbers = {
    "loss": loss(0, 150).item(),
    "gradient_norm": gradient.norm().item(),
    "noise_strength": ((rows - rows.mean(0)) ** 2).sum(1).mean().item(),
    "hessian_top": top[-5:].flip(0).tolist(),
}
recipe = "/usr/bin/python3 src/test/python/make_npz_goldens.py"
with open(os.path.join(OUT, "numbers.json"), "w") as file:
    json.dump({"recipe": recipe, "torch": torch.__version__, "perceptron": numbers}, file, indent=1)
    file.write("\n")
