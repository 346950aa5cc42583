"""Models and data of the benchmark, on TORCH_DEVICE."""

import os

import numpy
import torch

# given to every call that makes a tensor: a default device costs time in every call of PyTorch
DEVICE = os.environ.get("TORCH_DEVICE", "cpu")


class Case:
    """A workload as it is requested: a model by its name, and data of its shapes."""

    def __init__(self, request):
        self.name = request["model"]
        self.image = request["image"]
        self.outputs = request["outputs"]
        self.batch = request["batch"]
        self.samples = request["samples"]
        self.chunk = request.get("chunk", self.samples)
        self.folder = request.get("folder")
        self.entropy = request.get("loss", "mse") == "ce"
        self.relative = request.get("relative", 0.01)
        self.dense = self.name.startswith("mlp")
        self.inputs = self.image[0] * self.image[1] * self.image[2]

    def shape(self, rows):
        return (rows, self.inputs) if self.dense else (rows, *self.image)

    def data(self, rows):
        """Features and targets: those of the folder, else uniform ones."""
        if self.folder:
            x = array(self.folder, "x").reshape(self.shape(self.samples))[:rows]
            return x, array(self.folder, "y").reshape(self.samples, self.outputs)[:rows]
        return uniform(*self.shape(rows)), uniform(rows, self.outputs)

    def model(self):
        """The model, with the parameters of the folder where it has some."""
        built = build(self.name, self.inputs, self.image[0], self.outputs).to(DEVICE)
        if self.folder and os.path.exists(os.path.join(self.folder, "theta.f32")):
            torch.nn.utils.vector_to_parameters(array(self.folder, "theta"), built.parameters())
        return built

    def loss(self, outputs, targets):
        """Summed over outputs, mean over samples."""
        return self.losses(outputs, targets).mean()

    def losses(self, outputs, targets):
        """Half the squared error, or the cross-entropy with targets as probabilities, of each sample."""
        if self.entropy:
            return -(targets * torch.log_softmax(outputs, 1)).sum(1)
        return 0.5 * ((outputs - targets) ** 2).sum(1)


def array(folder, name):
    return torch.from_numpy(numpy.fromfile(os.path.join(folder, name + ".f32"), "<f4")).to(DEVICE)


def uniform(*shape):
    return torch.rand(*shape, device=DEVICE)


def drawn(count, *shape):
    return torch.randint(count, shape, device=DEVICE)


ACTIVATIONS = {
    "relu": torch.nn.ReLU, "leaky-relu": torch.nn.LeakyReLU, "tanh": torch.nn.Tanh,
    "sigmoid": torch.nn.Sigmoid, "softplus": torch.nn.Softplus, "silu": torch.nn.SiLU,
    "gelu": torch.nn.GELU, "gelu-tanh": lambda: torch.nn.GELU(approximate="tanh")}


def mlp(*sizes, activation="relu", norm=None, dropout="0"):
    layers = []
    for i in range(len(sizes) - 1):
        layers.append(torch.nn.Linear(sizes[i], sizes[i + 1]))
        if i < len(sizes) - 2:
            if norm == "layer":
                layers.append(torch.nn.LayerNorm(sizes[i + 1]))
            layers.append(ACTIVATIONS[activation]())
            if float(dropout) > 0:
                layers.append(torch.nn.Dropout(float(dropout)))
    return torch.nn.Sequential(*layers)


def mori_cnn(channels, outputs):
    layers = []
    for width in (64, 128, 256):
        for _ in range(3):
            layers += [torch.nn.Conv2d(channels, width, 3, padding=1), torch.nn.ReLU()]
            channels = width
        layers.append(torch.nn.MaxPool2d(2))
    layers += [torch.nn.Flatten(), torch.nn.Linear(256 * 16, outputs)]
    return torch.nn.Sequential(*layers)


def meng_cnn(channels, outputs):
    conv, relu, pool = torch.nn.Conv2d, torch.nn.ReLU, torch.nn.MaxPool2d
    linear = torch.nn.Linear
    return torch.nn.Sequential(
        conv(channels, 10, 5), relu(), pool(2), conv(10, 10, 5), relu(), pool(2),
        torch.nn.Flatten(), linear(160, 50), relu(), linear(50, outputs))


def conv3(c_in, c_out, stride=1):
    return torch.nn.Conv2d(c_in, c_out, 3, stride, padding=1, bias=False)


def group_norm(channels):
    return torch.nn.GroupNorm(min(32, channels // 2), channels)


class Block(torch.nn.Module):
    def __init__(self, c_in, planes, stride, norm):
        super().__init__()
        self.main = torch.nn.Sequential(
            conv3(c_in, planes, stride), norm(planes), torch.nn.ReLU(),
            conv3(planes, planes), norm(planes))
        self.shortcut = torch.nn.Identity() if stride == 1 and c_in == planes else (
            torch.nn.Sequential(torch.nn.Conv2d(c_in, planes, 1, stride, bias=False),
                                norm(planes)))

    def forward(self, x):
        return torch.relu(self.main(x) + self.shortcut(x))


def resnet18(channels, outputs, width=64, norm="batch"):
    norm = group_norm if norm == "group" else torch.nn.BatchNorm2d
    layers = [conv3(channels, width), norm(width), torch.nn.ReLU()]
    channels = width
    for planes, stride in ((width, 1), (2 * width, 2), (4 * width, 2), (8 * width, 2)):
        layers += [Block(channels, planes, stride, norm), Block(planes, planes, 1, norm)]
        channels = planes
    layers += [torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(8 * width, outputs)]
    return torch.nn.Sequential(*layers)


def build(name, inputs, channels, outputs):
    """The model of a name, sizes and options behind it: mlp:100,100:activation=gelu, resnet18:16."""
    kind, *rest = name.split(":")
    options = dict(part.split("=") for part in rest if "=" in part)
    sizes = [part for part in rest if "=" not in part]
    if kind == "mlp":
        return mlp(inputs, *map(int, sizes[0].split(",")), outputs, **options)
    if kind == "meng-cnn":
        return meng_cnn(channels, outputs)
    if kind == "mori-cnn":
        return mori_cnn(channels, outputs)
    return resnet18(channels, outputs, *map(int, sizes), **options)
