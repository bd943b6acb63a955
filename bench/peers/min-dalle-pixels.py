"""Pixels by min-dalle's own VQGAN decoder, random weights, fp32. MIN_DALLE names the folder of its source.

Prints seconds for the pixels of so many pictures decoded together, for each number given: the best of three, after a first one.
"""
import importlib.util
import json
import os
import sys
import time

import torch

path = os.path.join(os.environ["MIN_DALLE"], "min_dalle", "models", "vqgan_detokenizer.py")
spec = importlib.util.spec_from_file_location("vqgan_detokenizer", path)  # the package itself would load much more
program = importlib.util.module_from_spec(spec)
spec.loader.exec_module(program)


@torch.no_grad()
def seconds_for(pictures):
    decoder = program.VQGanDetokenizer().eval()
    codes = torch.randint(decoder.vocab_count, (pictures, 256))
    taken = []
    for _ in range(4):
        started = time.perf_counter()
        decoder.forward(False, codes)
        taken.append(time.perf_counter() - started)
    return min(taken[1:])


print(json.dumps({pictures: seconds_for(int(pictures)) for pictures in sys.argv[1:]}))
