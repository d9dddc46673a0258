"""Seeded random streams, one per subject, so that subjects do not disturb each other.

A stream depends on the seed and on its names only: never on how many draws another
subject made, on threads, or on the clock.
"""

import zlib

import numpy as np


def stream(seed, *names):
    """A PCG64 generator of its own for these names (text or whole numbers)."""
    keys = [zlib.crc32(str(name).encode()) for name in names]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *keys])))


def pick(rng, weights, count):
    """`count` positions drawn in proportion to `weights`."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    edges /= edges[-1]
    return np.searchsorted(edges[:-1], rng.random(count), side="right")


def chosen(rng, population, count):
    """`count` different members of `population`, in ascending order."""
    return np.sort(rng.permutation(population)[:count])


def chance(rng, count, share):
    """`count` booleans, each true with probability `share` (a number or an array)."""
    return rng.random(count) < share
