"""Several processes that train one model: who is who, and one gradient. `torchrun` starts them."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import torch
import torch.distributed as dist

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from torch import Tensor, nn

T = TypeVar("T")


@dataclass(frozen=True)
class Team:
    """The processes of one run; alone, all that it does costs nothing.

    Attributes
    ----------
    rank
        This process's number, 0 to size - 1. Number 0 writes and tells.
    size
        How many there are.
    device
        "auto", or this process's own GPU.
    """

    rank: int = 0
    size: int = 1
    device: str = "auto"

    @property
    def leads(self) -> bool:
        """Whether this process is the one that writes."""
        return self.rank == 0

    def share(self, numbers: list[int]) -> list[int]:
        """Return this process's part of a step's photos."""
        return numbers[self.rank :: self.size]

    def gather(self, value: T) -> list[T]:
        """Return every process's value, by rank."""
        if self.size == 1:
            return [value]
        values: list[T | None] = [None] * self.size
        dist.all_gather_object(values, value)
        return [value for value in values if value is not None]

    def follow(self, value: float) -> float:
        """Return what process 0 has: clocks differ, and all shall do the same."""
        return self.gather(value)[0]

    def copy(self, module: nn.Module) -> None:
        """Give all processes the weights of process 0."""
        if self.size > 1:
            for tensor in module.state_dict().values():
                dist.broadcast(tensor, 0)

    def add_gradients(self, parameters: Iterable[Tensor]) -> None:
        """Replace each gradient by its sum over the processes, in one message.

        Each process has divided its loss by all processes' prompts; so the sum is the gradient
        that one process would have had from all the photos. A parameter that no process used
        keeps no gradient.
        """
        if self.size == 1:
            return
        learning = [p for p in parameters if p.requires_grad]
        used = torch.tensor([float(p.grad is not None) for p in learning])
        parts = [torch.zeros_like(p) if p.grad is None else p.grad for p in learning]
        flat = torch.cat([part.reshape(-1) for part in parts] + [used.to(parts[0].device)])
        dist.all_reduce(flat)
        sums = torch.split(flat[: -len(learning)], [p.numel() for p in learning])
        for parameter, total, count in zip(
            learning, sums, flat[-len(learning) :].tolist(), strict=True
        ):
            if count:
                # Laid out in memory as the parameter is: channels last, where that is so.
                parameter.grad = torch.empty_like(parameter).copy_(total.view(parameter.shape))


@contextmanager
def team() -> Iterator[Team]:
    """Meet the other processes that `torchrun` has started; without it, be alone."""
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        yield Team()
        return
    local = int(os.environ.get("LOCAL_RANK", "0"))
    cuda = torch.cuda.is_available()
    if cuda:
        torch.cuda.set_device(local)
    dist.init_process_group("cpu:gloo,cuda:nccl" if cuda else "gloo")
    try:
        yield Team(dist.get_rank(), size, f"cuda:{local}" if cuda else "cpu")
        dist.barrier()  # nobody hangs up while the first one still saves
    finally:
        dist.destroy_process_group()
