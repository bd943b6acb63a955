"""Decoding by lucidrains' DALLE-pytorch itself, as its command does it: every step runs the whole stream so far.

The shape of bench/models.ts in that package's terms: 12 layers, width 512, 8 heads, 64 + 256 states, 2048 codes, random weights,
fp32, the options that its command leaves off being off. DALLE_PYTORCH names the folder of its source; what it imports must be at hand.
A step's cost depends on nothing but the stream's length, so every 16th is timed. Prints seconds a picture for each batch size.
"""
import json
import os
import sys
import time

sys.path.insert(0, os.environ["DALLE_PYTORCH"])

import torch
from dalle_pytorch import DALLE, DiscreteVAE
from dalle_pytorch.dalle_pytorch import gumbel_sample, top_k

TEXT, SIDE, CODES = 64, 16, 2048
IMAGE = SIDE**2
EVERY = 16


@torch.no_grad()
def seconds_a_picture(batch):
    dvae = DiscreteVAE(image_size=8 * SIDE, num_layers=3, num_tokens=CODES)
    options = dict(shift_tokens=False, rotary_emb=False)
    sizes = dict(num_text_tokens=2048, text_seq_len=TEXT, dim=512, depth=12, heads=8, dim_head=64)
    model = DALLE(vae=dvae, **sizes, **options).eval()
    text = torch.randint(1, 2048, (batch, TEXT))
    total = 0.0
    for known in [0, *range(EVERY // 2, IMAGE, EVERY)]:  # the first warms up
        image = torch.randint(CODES, (batch, known))
        started = time.perf_counter()
        logits = model.forward_with_cond_scale(text, image)[:, -1, :]
        gumbel_sample(top_k(logits, thres=0.9))
        total += (time.perf_counter() - started) * EVERY if known else 0
    return total / batch


print(json.dumps({size: seconds_a_picture(int(size)) for size in sys.argv[1:]}))
