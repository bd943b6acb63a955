"""Drawing codes as min-dalle does it: a fixed state for all 256 codes, of which every step sees the whole, masked.

The released mini's shape: 12 layers, width 1024, 16 heads, gated feed-forward of 2730, 64 caption states, random weights, fp32.
Not that package, only the work of its loop, in plain torch: both halves of the guidance in one batch, the caption's keys and
values projected anew at every step, the layer's state copied back. A step's cost does not depend on its place, so a few are timed.
Prints seconds for the codes of so many pictures drawn together, for each number given.
"""
import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional

LAYERS, WIDTH, HEADS, INNER, TEXT, IMAGE, CODES = 12, 1024, 16, 2730, 64, 256, 16_384
TIMED = 12


def linear(inputs, outputs):
    return nn.Linear(inputs, outputs, bias=False)


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.before, self.after = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.query, self.key = linear(WIDTH, WIDTH), linear(WIDTH, WIDTH)
        self.value, self.output = linear(WIDTH, WIDTH), linear(WIDTH, WIDTH)

    def mix(self, query, key, value, seen):
        heads = [each.unflatten(2, (HEADS, -1)).transpose(1, 2) for each in (query, key, value)]
        scores = (heads[0] / (WIDTH // HEADS) ** 0.5) @ heads[1].transpose(2, 3)
        weights = scores.masked_fill(~seen[:, None, None], -1e12).softmax(-1)
        return self.after(self.output((weights @ heads[2]).transpose(1, 2).flatten(2)))


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.own, self.caption = Attention(), Attention()
        self.norm, self.inner_norm = nn.LayerNorm(WIDTH), nn.LayerNorm(INNER)
        self.gate, self.up, self.down = linear(WIDTH, INNER), linear(WIDTH, INNER), linear(INNER, WIDTH)

    def forward(self, x, caption, state, place):
        batch = x.shape[0]
        normed = self.own.before(x)
        state[:, place] = torch.cat([self.own.key(normed), self.own.value(normed)])[:, 0]
        seen = (torch.arange(IMAGE) <= place).expand(batch, IMAGE)
        x = x + self.own.mix(self.own.query(normed), state[:batch], state[batch:], seen)
        normed = self.caption.before(x)
        key, value = self.caption.key(caption), self.caption.value(caption)
        every = torch.ones(batch, TEXT, dtype=torch.bool)
        x = x + self.caption.mix(self.caption.query(normed), key, value, every)
        normed = self.norm(x)
        gated = functional.gelu(self.gate(normed)) * self.up(normed)
        return x + self.down(self.inner_norm(gated)), state


@torch.no_grad()
def seconds_for(pictures):
    batch = 2 * pictures
    layers = [Layer() for _ in range(LAYERS)]
    head = linear(WIDTH, CODES + 1)
    caption = torch.randn(batch, TEXT, WIDTH)
    states = torch.zeros(LAYERS, 2 * batch, IMAGE, WIDTH)
    taken = []
    for place in range(TIMED + 1):
        x = torch.randn(batch, 1, WIDTH)
        started = time.perf_counter()
        for index, layer in enumerate(layers):
            x, states[index] = layer(x, caption, states[index], place)
        logits = head(x)[:, -1, :CODES]
        logits = logits[pictures:] * 16 - logits[:pictures] * 15
        smallest = logits.sort(descending=True)[0][:, [255]]
        torch.multinomial(logits.masked_fill(logits < smallest, float("-inf")).softmax(-1), 1)
        taken.append(time.perf_counter() - started)
    return IMAGE * sum(taken[1:]) / TIMED  # the first warms up


print(json.dumps({count: seconds_for(int(count)) for count in sys.argv[1:]}))
