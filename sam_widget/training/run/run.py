"""A run that goes on after a kill: its clock, bar, log and checkpoint. Knows no model, no loss."""

from __future__ import annotations

import json
import shutil
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from filelock import FileLock, Timeout
from tqdm import tqdm

from sam_widget.errors import SamError
from sam_widget.training.run.curves import read_log
from sam_widget.training.run.processes import Team
from sam_widget.training.run.results import (
    NOWHERE,
    UNWRITTEN,
    SaveError,
    keep_elsewhere,
    room_for,
    size_of_state,
    why_unwritten,
    write_whole,
)

if TYPE_CHECKING:
    from sam_widget.training.run.plan import RunPlan


class Run(ABC):
    """A training's steps from first to last, however often it is stopped on the way.

    Parameters
    ----------
    folder
        Written: config.json, metrics.jsonl, state.pt, and what `publish` writes.
    plan
        The run's length and all its settings.
    team
        The processes that share the run; the first one writes, and its clock counts.

    Raises
    ------
    ValueError
        Another process is at this run.
    """

    def __init__(self, folder: Path, plan: RunPlan, team: Team | None = None) -> None:
        self.folder = Path(folder)
        self.team = team or Team()
        self.step = 0
        self.elapsed = 0.0
        """Seconds of running, over all stops: steps, checks, saving."""
        self._plan = plan
        self._clock = 0.0
        self._lock: FileLock | None = None
        self._unlogged: list[str] = []
        if self.team.leads:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._lock = _locked(self.folder)
            except OSError as error:
                why = why_unwritten(error)
                raise SaveError(f"{self.folder} cannot be a run's folder: {why}.") from error

    @abstractmethod
    def take_step(self) -> dict[str, float]:
        """Learn once; return what to log, "loss" among it."""

    @abstractmethod
    def state(self) -> dict[str, Any]:
        """Return what the next process needs to go on, beside step and clock."""

    @abstractmethod
    def restore(self, state: dict[str, Any]) -> None:
        """Take over what `state` returned."""

    @abstractmethod
    def publish(self, folder: Path) -> None:
        """Write weights and pictures into a folder."""

    def validate(self) -> dict[str, float]:
        """Return what to log now and then and at the end, each name beginning with "val_"."""
        return {}

    @property
    def state_file(self) -> Path:
        """Everything that a killed run needs to go on."""
        return self.folder / "state.pt"

    def progress(self) -> float:
        """Return the share of the run that is done, 0..1."""
        if self._plan.steps is not None:
            return min(1.0, self.step / self._plan.steps)
        return min(1.0, self.elapsed / (60 * (self._plan.minutes or 1)))

    def run(self) -> None:
        """Train until the plan is done; saves on the way, at the end, and when interrupted.

        A checkpoint on the way that cannot be written is said and tried again.

        Raises
        ------
        SaveError
            There is no room in the folder, found before the first step; or none at the end: then
            the run is elsewhere, as the sentence says, and goes on from there.
        """
        try:
            if self.progress() < 1:
                self._go_on()
        finally:
            if self._lock is not None:
                self._lock.release()

    def _go_on(self) -> None:
        saved = validated = self.elapsed
        shown = round(self.progress() * 1000)
        self._clock = time.monotonic()
        silent = None if self.team.leads else True
        if self.team.leads:
            # An optimiser that has not stepped yet will hold about as much as the weights do.
            room_for(self.state_file, size_of_state(self.state()) * (1 if self.step else 2))
            text = json.dumps(asdict(self._plan), indent=2)
            (self.folder / "config.json").write_text(text + "\n")
        try:
            with tqdm(total=1000, initial=shown, unit="‰", disable=silent) as bar:
                while self.progress() < 1:
                    metrics = self.take_step()
                    self.step += 1
                    self._tick()
                    self._log(metrics)
                    bar.update(round(self.progress() * 1000) - bar.n)
                    bar.set_postfix(step=self.step, loss=f"{metrics['loss']:.3f}")
                    if self.elapsed - saved > 60 * self._plan.save_minutes:
                        self._save_on_the_way()
                        saved = self.elapsed
                    if self.elapsed - validated > 60 * self._plan.validate_minutes:
                        self._validate()
                        validated = self.elapsed
            self._validate()
        finally:
            self._save_at_last()

    def save(self) -> None:
        """Write the checkpoint and publish; a kill meanwhile leaves the last checkpoint."""
        if self.team.leads:
            self._save_in(self.folder)

    def _save_in(self, folder: Path) -> None:
        state = {**self.state(), "step": self.step, "elapsed": self.elapsed}
        write_whole(lambda place: _pickled(state, place), folder / self.state_file.name)
        self.publish(folder)

    def _save_on_the_way(self) -> None:
        try:
            self.save()
        except UNWRITTEN as error:
            why = why_unwritten(error)
            tqdm.write(f"{self.folder} took no checkpoint at step {self.step}: {why}.")

    def _save_at_last(self) -> None:
        try:
            self.save()
        except UNWRITTEN as error:
            kept = keep_elsewhere(self._save_in)
            self._copy_log(kept)
            where = f"this run is in {kept} and goes on from there" if kept else NOWHERE
            why = why_unwritten(error)
            raise SaveError(f"{self.folder} cannot be written: {why}; {where}.", kept) from error

    def _copy_log(self, folder: Path | None) -> None:
        for name in ("config.json", "metrics.jsonl") if folder else ():
            with suppress(OSError):
                shutil.copy(self.folder / name, folder / name)  # type: ignore[operator]

    def resume(self) -> None:
        """Go on where the folder's last run was, if it has one.

        Where its state is gone, another run begins, with a log of its own.

        Raises
        ------
        ValueError
            That run had other settings.
        """
        log = self.folder / "metrics.jsonl"
        if not self.state_file.is_file():
            if self.team.leads and log.is_file():
                log.replace(log.with_name("metrics-before.jsonl"))
            return
        try:
            state = torch.load(self.state_file, map_location="cpu", weights_only=True)
        except Exception as error:  # torch's reader raises whatever a broken file makes it
            raise SamError(
                f"{self.state_file} is broken: remove it, and the run begins anew from the weights"
                " beside it."
            ) from error
        try:
            self.restore(state)
        except (KeyError, RuntimeError, ValueError) as error:
            raise SamError(
                f"the run in {self.folder} learns something else: go on as its config.json says,"
                " or begin in another folder."
            ) from error
        self.step = state["step"]
        self.elapsed = state["elapsed"]
        if self.team.leads:
            # What came after the checkpoint was lost with the kill and is about to be done again.
            kept = [line for line in read_log(self.folder) if line["step"] <= self.step]
            log.write_text("".join(json.dumps(line) + "\n" for line in kept))

    def _tick(self) -> None:
        now = time.monotonic()
        self.elapsed = self.team.follow(self.elapsed + now - self._clock)
        self._clock = now

    def _validate(self) -> None:
        if self.team.leads and (found := self.validate()):
            self._log(found)

    def _log(self, metrics: dict[str, float]) -> None:
        if self.team.leads:
            line = {"step": self.step, "elapsed": self.elapsed, **metrics}
            rounded = {k: round(v, 6) if isinstance(v, float) else v for k, v in line.items()}
            self._unlogged.append(json.dumps(rounded))
            with suppress(OSError), (self.folder / "metrics.jsonl").open("a") as file:
                file.write("".join(f"{line}\n" for line in self._unlogged))
                file.flush()
                self._unlogged.clear()  # else they are tried again with the next


def _pickled(state: dict[str, Any], place: Path) -> None:
    with place.open("wb") as file:  # by Python, whose errors say what the system said
        torch.save(state, file)


def _locked(folder: Path) -> FileLock:
    """Hold the folder for this process; a killed one's hold ends with it."""
    lock = FileLock(folder / "run.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise SamError(
            f"another process trains in {folder}: wait for it, stop it, or take another folder."
        ) from None
    return lock
