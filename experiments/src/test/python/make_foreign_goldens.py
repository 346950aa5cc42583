#!/usr/bin/python3
"""Goldens of ForeignCheckpointTest and OnnxCommandsTest: a small network trained in PyTorch, and what PyTorch measures.

Run from experiments/ with Debian's python3-torch:  /usr/bin/python3 src/test/python/make_foreign_goldens.py

Pictures of 10 x 8 pixels in 4 classes come from a seeded generator. The parameters go into
safetensors files written here by the format's description (float32 behind "module.model.",
bfloat16 as they are, float32 under other names) and, with the network, into an ONNX file. Loss, the exact loop over samples and the whole
Hessian by autograd are float64, batch normalisation in evaluation mode.
"""

import json
import os
import struct

import numpy as np
import torch
from torch.nn import functional as F

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "foreign")
COUNT, CLASSES, MEAN, STD = 48, 4, 0.25, 0.5

torch.manual_seed(5)
torch.set_num_threads(1)
random = np.random.default_rng(7)
labels = (np.arange(COUNT) % CLASSES).astype(np.uint8)
patterns = random.integers(0, 200, (CLASSES, 10, 8))
pictures = np.clip(patterns[labels] + random.integers(-60, 60, (COUNT, 10, 8)), 0, 255).astype(np.uint8)

net = torch.nn.Sequential(
    torch.nn.Conv2d(1, 3, 3, padding=1),
    torch.nn.ReLU(),
    torch.nn.MaxPool2d(2),
    torch.nn.Conv2d(3, 4, 3, bias=False),
    torch.nn.BatchNorm2d(4),
    torch.nn.Tanh(),
    torch.nn.Flatten(),
    torch.nn.Linear(4 * 3 * 2, CLASSES),
)
x = (torch.tensor(pictures.astype(np.float32) / 255).unsqueeze(1) - MEAN) / STD
y = torch.tensor(labels.astype(np.int64))
optimizer = torch.optim.SGD(net.parameters(), lr=0.05)
for _ in range(20):
    optimizer.zero_grad()
    F.cross_entropy(net(x), y).backward()
    optimizer.step()


def save(name, tensors, half=False):
    header, data = {}, b""
    for key, value in sorted(tensors.items()):
        kind = "I64" if value.dtype == torch.int64 else "BF16" if half else "F32"
        raw = value.bfloat16().view(torch.int16) if kind == "BF16" else value
        raw = raw.contiguous().numpy().tobytes()
        header[key] = {"dtype": kind, "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    with open(os.path.join(OUT, name), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def idx(name, array):
    with open(os.path.join(OUT, name), "wb") as file:
        file.write(struct.pack(">I", 0x800 + array.ndim) + struct.pack(">%dI" % array.ndim, *array.shape))
        file.write(array.tobytes())


state = {key: value.detach().clone() for key, value in net.state_dict().items()}
save("wrapped.safetensors", {"module.model." + key: value for key, value in state.items()})
save("half.safetensors", state, half=True)
save("renamed.safetensors", {"block%d.%s" % (4 * int(key[0]), key[2:]): value for key, value in state.items()})
torch.save(state, os.path.join(OUT, "zipped.pt"))
torch.onnx.export(
    net.eval(),
    x[:1],
    os.path.join(OUT, "network.onnx"),
    opset_version=14,
    training=torch.onnx.TrainingMode.PRESERVE,
    do_constant_folding=False,
    input_names=["pictures"],
    output_names=["logits"],
    dynamic_axes={"pictures": {0: "batch"}, "logits": {0: "batch"}},
)
idx("train-images-idx3-ubyte", pictures)
idx("train-labels-idx1-ubyte", labels)


def measured(tensors):
    net.load_state_dict(tensors)
    wide = net.double().eval()
    inputs, parameters = x.double(), list(wide.parameters())

    def flat(gradients):
        return torch.cat([g.reshape(-1) for g in gradients])

    rows = [flat(torch.autograd.grad(F.cross_entropy(wide(inputs[i : i + 1]), y[i : i + 1]), parameters)) for i in range(COUNT)]
    rows = torch.stack(rows)
    loss = F.cross_entropy(wide(inputs), y)
    gradient = flat(torch.autograd.grad(loss, parameters, create_graph=True))
    hessian = torch.stack([flat(torch.autograd.grad(g, parameters, retain_graph=True)) for g in gradient])
    top = torch.linalg.eigvalsh((hessian + hessian.T) / 2)
    return {
        "loss": loss.item(),
        "gradient_norm": gradient.norm().item(),
        "noise_strength": ((rows - rows.mean(0)) ** 2).sum(1).mean().item(),
        "hessian_top": top[-5:].flip(0).tolist(),
    }


numbers = {"recipe": "/usr/bin/python3 src/test/python/make_foreign_goldens.py", "torch": torch.__version__}
numbers["single"] = measured(state)
numbers["half"] = measured({k: v.bfloat16().to(v.dtype) if v.is_floating_point() else v for k, v in state.items()})
with open(os.path.join(OUT, "numbers.json"), "w") as file:
    json.dump(numbers, file, indent=1)
    file.write("\n")
