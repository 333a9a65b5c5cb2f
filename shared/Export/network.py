"""Cell $INDEX of NAS-Bench-201 in its network: $ARCHITECTURE

The network (Dong and Yang, ICLR 2020, section 2.1): a 3x3 convolution, three stages of cells with a residual block of
stride 2 between stages, global average pooling, a linear classifier. This file needs PyTorch alone:

    network = Network()
    network.load_state_dict(read_safetensors("weights.safetensors"))  # if there are weights
    logits = network.eval()(torch.randn(1, IMAGE_CHANNELS, IMAGE_SIZE, IMAGE_SIZE))
"""
import json
import struct

import torch
from torch import nn

ARCHITECTURE = "$ARCHITECTURE"
EDGES = {  # (from node, to node): operation; node 0 is the cell's input, node 3 its output
    $EDGES
}
CHANNELS = $CHANNELS  # of the first stage; the others have twice and four times as many
CELLS_PER_STAGE = $CELLS
CLASSES = $CLASSES
IMAGE_CHANNELS = $IMAGE_CHANNELS
IMAGE_SIZE = $IMAGE_SIZE  # pixels a side; the network takes others, too


def relu_conv_norm(inputs, outputs, kernel, stride=1):
    return nn.Sequential(
        nn.ReLU(),
        nn.Conv2d(inputs, outputs, kernel, stride, padding=(kernel - 1) // 2, bias=False),
        nn.BatchNorm2d(outputs),
    )


def operation(name, channels):
    """The module of an edge."""
    if name == "skip_connect":
        return nn.Identity()
    if name == "nor_conv_1x1":
        return relu_conv_norm(channels, channels, 1)
    if name == "nor_conv_3x3":
        return relu_conv_norm(channels, channels, 3)
    if name == "avg_pool_3x3":
        return nn.AvgPool2d(3, stride=1, padding=1, count_include_pad=False)
    raise ValueError(f"unknown operation {name}")


class Cell(nn.Module):
    """Four nodes; a node is the sum of the edges that enter it, and zero where none does."""

    def __init__(self, channels):
        super().__init__()
        self.edges = nn.ModuleDict(
            {f"{source}_{target}": operation(name, channels) for (source, target), name in EDGES.items() if name != "none"}
        )

    def forward(self, x):
        nodes = [x]
        for target in range(1, 4):
            names = [(source, f"{source}_{target}") for source in range(target)]
            terms = [self.edges[name](nodes[source]) for source, name in names if name in self.edges]
            nodes.append(sum(terms[1:], terms[0]) if terms else x * 0)
        return nodes[3]


class ResidualBlock(nn.Module):
    """Halves the image's sides, rounded up, and doubles the channels."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.first = relu_conv_norm(inputs, outputs, 3, stride=2)
        self.second = relu_conv_norm(outputs, outputs, 3)
        self.shortcut = nn.Sequential(nn.AvgPool2d(2, stride=2, ceil_mode=True), nn.Conv2d(inputs, outputs, 1, bias=False))

    def forward(self, x):
        return self.shortcut(x) + self.second(self.first(x))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        widths = [CHANNELS, 2 * CHANNELS, 4 * CHANNELS]
        self.stem = nn.Sequential(
            nn.Conv2d(IMAGE_CHANNELS, CHANNELS, 3, padding=1, bias=False), nn.BatchNorm2d(CHANNELS)
        )
        self.stages = nn.Sequential(
            *(
                nn.Sequential(
                    *([ResidualBlock(widths[stage - 1], width)] if stage > 0 else []),
                    *(Cell(width) for _ in range(CELLS_PER_STAGE)),
                )
                for stage, width in enumerate(widths)
            )
        )
        self.head = nn.Sequential(nn.BatchNorm2d(widths[-1]), nn.ReLU())
        self.classifier = nn.Linear(widths[-1], CLASSES)

    def forward(self, images):
        features = self.head(self.stages(self.stem(images)))
        return self.classifier(features.mean((2, 3)))


def read_safetensors(path):
    """The weights in a safetensors file, as load_state_dict takes them."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        numbers = bytearray(file.read())
    return {
        name: torch.frombuffer(
            numbers, dtype=torch.float32, offset=entry["data_offsets"][0], count=(entry["data_offsets"][1] - entry["data_offsets"][0]) // 4
        ).reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__"
    }


if __name__ == "__main__":
    print(f"{ARCHITECTURE}: {sum(parameter.numel() for parameter in Network().parameters()):,} parameters")
