#!/usr/bin/python3
"""Goldens of DeepGoldensTest: what PyTorch computes in float64 for the deep architectures.

Run from core/ with Debian's python3-torch and python3-torchvision:  /usr/bin/python3 src/test/python/make_deep_goldens.py

The modules are written from the papers with the parameter names of torchvision's resnet18 (stem
for small images; the one with the stem for large ones is torchvision's own) and of the common CIFAR implementations of the others. Parameters, running
statistics and inputs follow formulas that the test repeats: wave(n, s) has the entries
sin(1.7 i + 0.31 (i * i % 7) + s). Tensor j of the parameters has s = 0.5 + j and is
sqrt(3 / fan_in) * wave for convolutions and dense layers, 1 + 0.5 * wave for scales of batch
normalisation and 0.1 * wave for biases; running means are 0.1 * wave, running variances
exp(0.3 * wave) with s = 0.5 + j over the running statistics; inputs are wave with s = 0.25, rounded
to float32. Sample n has the label (3 n + 1) mod K.
"""

import json
import math
import os

import torch
from torch import nn
from torch.nn import functional as F
import torchvision

torch.set_default_dtype(torch.float64)

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "goldens")
RECIPE = "/usr/bin/python3 src/test/python/make_deep_goldens.py"


# what stands where the published networks have batch normalisation and ReLU
STYLE = {"norm": nn.BatchNorm2d, "act": F.relu}


def norm(channels):
    return STYLE["norm"](channels)


def act(x):
    return STYLE["act"](x)


def conv(c_in, c_out, kernel, stride=1):
    return nn.Conv2d(c_in, c_out, kernel, stride, kernel // 2, bias=False)


class Basic(nn.Module):
    def __init__(self, c_in, planes, stride):
        super().__init__()
        self.conv1 = conv(c_in, planes, 3, stride)
        self.bn1 = norm(planes)
        self.conv2 = conv(planes, planes, 3)
        self.bn2 = norm(planes)
        self.downsample = None
        if stride != 1 or c_in != planes:
            self.downsample = nn.Sequential(conv(c_in, planes, 1, stride), norm(planes))

    def forward(self, x):
        y = self.bn2(self.conv2(act(self.bn1(self.conv1(x)))))
        return act(y + (x if self.downsample is None else self.downsample(x)))


class PreAct(nn.Module):
    def __init__(self, c_in, planes, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(c_in)
        self.conv1 = conv(c_in, planes, 3, stride)
        self.bn2 = nn.BatchNorm2d(planes)
        self.conv2 = conv(planes, planes, 3)
        if stride != 1 or c_in != planes:
            self.shortcut = nn.Sequential(conv(c_in, planes, 1, stride))

    def forward(self, x):
        a = F.relu(self.bn1(x))
        around = self.shortcut(a) if hasattr(self, "shortcut") else x
        return self.conv2(F.relu(self.bn2(self.conv1(a)))) + around


def stage(block, c_in, planes, stride):
    return nn.Sequential(block(c_in, planes, stride), block(planes, planes, 1))


class ResNet(nn.Module):
    def __init__(self, width, classes):
        super().__init__()
        self.conv1 = conv(3, width, 3)
        self.bn1 = norm(width)
        self.layer1 = stage(Basic, width, width, 1)
        self.layer2 = stage(Basic, width, 2 * width, 2)
        self.layer3 = stage(Basic, 2 * width, 4 * width, 2)
        self.layer4 = stage(Basic, 4 * width, 8 * width, 2)
        self.fc = nn.Linear(8 * width, classes)

    def forward(self, x):
        x = act(self.bn1(self.conv1(x)))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(x.mean((2, 3)))


class PreActResNet(nn.Module):
    def __init__(self, width, classes):
        super().__init__()
        self.conv1 = conv(3, width, 3)
        self.layer1 = stage(PreAct, width, width, 1)
        self.layer2 = stage(PreAct, width, 2 * width, 2)
        self.layer3 = stage(PreAct, 2 * width, 4 * width, 2)
        self.layer4 = stage(PreAct, 4 * width, 8 * width, 2)
        self.linear = nn.Linear(8 * width, classes)

    def forward(self, x):
        x = self.layer4(self.layer3(self.layer2(self.layer1(self.conv1(x)))))
        return self.linear(x.mean((2, 3)))


class Vgg(nn.Module):
    def __init__(self, width, classes):
        super().__init__()
        layers, c_in = [], 3
        for times, count in ((1, 2), (2, 2), (4, 3), (8, 3), (8, 3)):
            for _ in range(count):
                layers += [nn.Conv2d(c_in, times * width, 3, padding=1),
                           nn.BatchNorm2d(times * width), nn.ReLU()]
                c_in = times * width
            layers += [nn.MaxPool2d(2, 2)]
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(8 * width, classes)

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


class Bottleneck(nn.Module):
    def __init__(self, c_in, growth):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(c_in)
        self.conv1 = conv(c_in, 4 * growth, 1)
        self.bn2 = nn.BatchNorm2d(4 * growth)
        self.conv2 = conv(4 * growth, growth, 3)

    def forward(self, x):
        return torch.cat([self.conv2(F.relu(self.bn2(self.conv1(F.relu(self.bn1(x)))))), x], 1)


class Transition(nn.Module):
    def __init__(self, c_in, c_out):
        super().__init__()
        self.bn = nn.BatchNorm2d(c_in)
        self.conv = conv(c_in, c_out, 1)

    def forward(self, x):
        return F.avg_pool2d(self.conv(F.relu(self.bn(x))), 2)


class DenseNet(nn.Module):
    def __init__(self, growth, classes):
        super().__init__()
        channels = 2 * growth
        self.conv1 = conv(3, channels, 3)
        for b, count in enumerate((6, 12, 24, 16)):
            layers = [Bottleneck(channels + i * growth, growth) for i in range(count)]
            setattr(self, f"dense{b + 1}", nn.Sequential(*layers))
            channels += count * growth
            if b < 3:
                setattr(self, f"trans{b + 1}", Transition(channels, channels // 2))
                channels //= 2
        self.bn = nn.BatchNorm2d(channels)
        self.linear = nn.Linear(channels, classes)

    def forward(self, x):
        x = self.conv1(x)
        for b in range(4):
            x = getattr(self, f"dense{b + 1}")(x)
            x = getattr(self, f"trans{b + 1}")(x) if b < 3 else x
        return self.linear(F.relu(self.bn(x)).mean((2, 3)))


class ConvNet(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.fc1 = nn.Linear(64 * 64, 128)
        self.fc2 = nn.Linear(128, classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc2(F.relu(self.fc1(x.flatten(1))))


def wave(size, seed):
    i = torch.arange(size)
    return torch.sin(1.7 * i + 0.31 * (i * i % 7) + seed)


def statistics(network):
    return [(name, tensor) for name, tensor in network.named_buffers() if "running" in name]


@torch.no_grad()
def fill(network):
    for j, (name, parameter) in enumerate(network.named_parameters()):
        values = wave(parameter.numel(), 0.5 + j).reshape(parameter.shape)
        if parameter.dim() > 1:
            values = math.sqrt(3 / parameter[0].numel()) * values
        elif name.endswith("weight"):
            values = 1 + 0.5 * values
        else:
            values = 0.1 * values
        parameter.copy_(values)
    for j, (name, buffer) in enumerate(statistics(network)):
        values = wave(buffer.numel(), 0.5 + j)
        buffer.copy_(0.1 * values if name.endswith("mean") else torch.exp(0.3 * values))


def layout(pairs):
    return {name: list(tensor.shape) for name, tensor in pairs}


def case(model, network, samples, classes=10):
    fill(network)
    x = wave(samples * 3 * 32 * 32, 0.25).float().double().reshape(samples, 3, 32, 32)
    labels = torch.tensor([(3 * n + 1) % classes for n in range(samples)])
    network.eval()
    evaluated = network(x).detach()
    gradients = torch.autograd.grad(F.cross_entropy(network(x), labels), network.parameters())
    network.train()
    trained = network(x)
    coupled = torch.autograd.grad(F.cross_entropy(trained, labels), network.parameters())
    return {
        "model": model, "samples": samples,
        "parameters": layout(network.named_parameters()),
        "statistics": layout(statistics(network)),
        "logits": evaluated.flatten().tolist(),
        "gradient_norms": [g.norm().item() for g in gradients],
        "training_logits": trained.detach().flatten().tolist(),
        "training_gradient_norms": [g.norm().item() for g in coupled],
        # after one training pass on the same inputs
        "statistics_sums": [buffer.sum().item() for _, buffer in statistics(network)],
    }


def main():
    cases = [
        case("resnet18", ResNet(64, 10), 2), case("resnet18:4", ResNet(4, 10), 3),
        case("preact-resnet18", PreActResNet(64, 10), 2),
        case("preact-resnet18:4", PreActResNet(4, 10), 3),
        case("vgg16", Vgg(64, 10), 2), case("vgg16:4", Vgg(4, 10), 3),
        case("densenet", DenseNet(12, 10), 2), case("densenet:3", DenseNet(3, 10), 3),
        case("convnet", ConvNet(10), 3),
        case("resnet18-imagenet", torchvision.models.resnet18(num_classes=10), 2),
    ]
    # half as many groups as channels, up to 32
    STYLE["norm"] = lambda channels: nn.GroupNorm(min(32, channels // 2), channels)
    cases.append(case("resnet18:4:norm=group", ResNet(4, 10), 3))
    STYLE.update(norm=lambda channels: nn.GroupNorm(1, channels), act=F.gelu)
    cases.append(case("resnet18:4:norm=layer:activation=gelu", ResNet(4, 10), 3))
    path = os.path.join(OUT, "deep.json")
    with open(path, "w", encoding="utf-8") as out:
        json.dump({"recipe": RECIPE, "torch": torch.__version__, "cases": cases}, out)
        out.write("\n")
    print(path, os.path.getsize(path))


if __name__ == "__main__":
    main()
