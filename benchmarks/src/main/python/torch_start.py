"""A training of one step in a process of its own: torch_start.py FOLDER, with digits in x.f32 and y.f32.

784-100-100-10, half squared error, B = 100, SGD, as `noisescape train` has them by default; the loss of all samples
is printed, with the library, and the state dictionary written, as a script of a user does it.
"""

import os
import sys

import numpy
import torch

BATCH = 100


def main(folder):
    x = torch.from_numpy(numpy.fromfile(os.path.join(folder, "x.f32"), "<f4").reshape(-1, 784))
    y = torch.from_numpy(numpy.fromfile(os.path.join(folder, "y.f32"), "<f4").reshape(-1, 10))
    torch.manual_seed(1)
    linear, relu = torch.nn.Linear, torch.nn.ReLU
    model = torch.nn.Sequential(linear(784, 100), relu(), linear(100, 100), relu(), linear(100, 10))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    chosen = torch.randperm(len(x))[:BATCH]
    (0.5 * ((model(x[chosen]) - y[chosen]) ** 2).sum(1).mean()).backward()
    optimizer.step()
    with torch.no_grad():
        print(float(0.5 * ((model(x) - y) ** 2).sum(1).mean()))
    torch.save(model.state_dict(), os.path.join(folder, "model.pt"))
    print(f"PyTorch {torch.__version__}")


if __name__ == "__main__":
    main(sys.argv[1])
