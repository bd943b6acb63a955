"""Decoding as DALLE-pytorch does it by default: every step runs the whole stream so far through a dense transformer.

The same shape as bench/models.ts: 12 layers, width 512, 8 heads, 64 + 256 states, 2048 codes, random weights, fp32. Not that
package, only its loop, in plain torch with fused attention: what this prints is a lower bound of its time.
A step's cost depends on nothing but the stream's length, so every 16th is timed. Prints seconds a picture for each batch size.
"""
import json
import sys
import time

import torch
from torch.nn import functional

LAYERS, WIDTH, HEADS, TEXT, IMAGE, CODES = 12, 512, 8, 64, 256, 2048
EVERY = 16


class Block(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.attention_norm = torch.nn.LayerNorm(WIDTH)
        self.query_key_value = torch.nn.Linear(WIDTH, 3 * WIDTH)
        self.output = torch.nn.Linear(WIDTH, WIDTH)
        self.feed_forward = torch.nn.Sequential(
            torch.nn.LayerNorm(WIDTH),
            torch.nn.Linear(WIDTH, 4 * WIDTH),
            torch.nn.GELU(),
            torch.nn.Linear(4 * WIDTH, WIDTH),
        )

    def forward(self, x):
        batch, states, _ = x.shape
        parts = self.query_key_value(self.attention_norm(x)).view(batch, states, 3, HEADS, -1)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        x = x + self.output(mixed.transpose(1, 2).reshape(batch, states, WIDTH))
        return x + self.feed_forward(x)


@torch.no_grad()
def seconds_a_picture(batch):
    blocks = torch.nn.Sequential(*[Block() for _ in range(LAYERS)])
    table = torch.nn.Embedding(CODES, WIDTH)
    head = torch.nn.Linear(WIDTH, CODES)
    total = 0.0
    for known in [0, *range(EVERY // 2, IMAGE, EVERY)]:  # the first warms up
        ids = torch.randint(CODES, (batch, TEXT + 1 + known))
        started = time.perf_counter()
        logits = head(blocks(table(ids))[:, -1])
        torch.multinomial(functional.softmax(logits, -1), 1)
        total += (time.perf_counter() - started) * EVERY if known else 0
    return total / batch


print(json.dumps({size: seconds_a_picture(int(size)) for size in sys.argv[1:]}))
