"""Embeddings small enough for tests, and every kind of cache to keep them in. No test is here."""

import threading
from dataclasses import dataclass, field

import torch

from sam_widget.geometry import Frame
from sam_widget.models.features import Features
from sam_widget.segment.embeddings.behind import WriteBehind
from sam_widget.segment.embeddings.disk import Disk
from sam_widget.segment.embeddings.file import to_bytes
from sam_widget.segment.embeddings.tiers import Held, Row, in_memory, on_accelerator
from sam_widget.segment.prompts import Embedding

OVERHEAD = 1024  # bytes; more than a file's header takes


def key(name, model="model"):
    return (str(name), model)


def small(seed=0, size=1, dtype=torch.float32):
    """An embedding of `size` kB times 4, with skips that lie as a convolution leaves them."""
    random = torch.Generator().manual_seed(seed)
    whole = torch.randn(1, 256, 2, size, generator=random).to(dtype)
    skip = torch.randn(1, 16, 8, 4 * size, generator=random).to(dtype)
    skip = skip.to(memory_format=torch.channels_last)
    return Embedding(Features(whole, (skip,)), Frame(30 + seed, 20, 64))


BYTES = to_bytes(key("a"), small(1))  # as a file holds it


def files(folder):
    return sorted(folder.iterdir())


def same(one, other):
    """Whether two embeddings agree to the last bit, and lie in memory alike."""
    pairs = list(
        zip(
            (one.features.embedding, *one.features.skips),
            (other.features.embedding, *other.features.skips),
            strict=True,
        )
    )
    return one.frame == other.frame and all(
        a.dtype == b.dtype and a.stride() == b.stride() and torch.equal(a, b) for a, b in pairs
    )


@dataclass(frozen=True)
class Lump:
    """A value without tensors."""

    nbytes: int
    name: str = ""
    device: str = "cpu"

    def to(self, device):
        return self

    def tensors(self):
        return {}


@dataclass(frozen=True)
class Where:
    type: str

    def __str__(self):
        return self.type


@dataclass(frozen=True)
class FarTensor:
    """What a tensor on a GPU looks like to a tier, on machines without one."""

    content: int
    device: Where = field(default_factory=lambda: Where("cuda"))

    def element_size(self):
        return 4

    def nelement(self):
        return 256

    def to(self, device):
        where = Where(str(device))
        return self if where == self.device else FarTensor(self.content, where)


def far(seed=0):
    """An embedding of 1 kB on a GPU that may not be there."""
    return Embedding(Features(FarTensor(seed)), Frame(30 + seed, 20, 64))


def together(count, work):
    """Run `work(i)` in that many threads; return what each returned or raised."""
    results = [None] * count

    def one(i):
        try:
            results[i] = work(i)
        except BaseException as error:
            results[i] = error

    threads = [threading.Thread(target=one, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()
    return results


def memory(room, folder):
    return Held(room, in_memory)


def disk(room, folder):
    return Disk(folder / "embeddings", room)


def behind(room, folder):
    return WriteBehind(disk(room, folder))


def three(room, folder):
    """The quick ones have room for one embedding or so: the disk's room is the row's."""
    quick = min(room, small().nbytes)
    tiers = Held(quick, on_accelerator), Held(quick, in_memory)
    return Row(*tiers, lasting=behind(room, folder))


PLACES = {"memory": memory, "disk": disk, "write behind": behind, "three in a row": three}
