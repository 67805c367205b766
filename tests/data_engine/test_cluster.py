"""A local Dask cluster annotates a folder: a worker is killed midway, and nothing shows of it."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator

import psutil
import pytest
from distributed import Client, LocalCluster

from sam_widget.data_engine.annotate import annotate
from sam_widget.data_engine.job import Done, Job
from sam_widget.data_engine.ledger import lines, sittings
from sam_widget.data_engine.places import Place
from sam_widget.data_engine.run import Run
from sam_widget.data_engine.workers import AHEAD, Cluster, crew_of
from sam_widget.errors import SamError
from sam_widget.formats import sa1b
from sam_widget.models.checkpoints import CheckpointError, save_sam
from sam_widget.segment import loaded as home
from sam_widget.segment.segmenter import Segmenter
from tests.data_engine.folders import OPEN, results, shoot

pytestmark = [
    pytest.mark.slow,
    # Dask's own sockets and loops, when processes are killed under it
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

MEMORY = 300 * 2**20  # bytes that who asks may gain, whatever the folder holds


@pytest.fixture(scope="module")
def here() -> Iterator[Client]:
    """A cluster in this process: one worker of two threads."""
    with (
        LocalCluster(
            n_workers=1, threads_per_worker=2, processes=False, dashboard_address=":0"
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def _model(tiny, folder):
    save_sam(tiny, folder / "tiny.safetensors")
    return folder / "tiny.safetensors"


class Murderer(threading.Thread):
    """Kills whichever worker is at work, once some results are there; watches memory meanwhile."""

    def __init__(self, client: Client, output, after: int) -> None:
        super().__init__(daemon=True)
        self.client, self.output, self.after = client, output, after
        self.killed: list[int] = []  # how many results were there
        self.over = threading.Event()
        self.most = 0

    def run(self) -> None:
        me = psutil.Process()
        while not self.over.is_set():
            self.most = max(self.most, me.memory_info().rss)
            if not self.killed and len(results(self.output)) >= self.after:
                pids = self.client.run(os.getpid)
                pid = next(iter(pids.values()))
                os.kill(pid, signal.SIGKILL)
                self.killed.append(len(results(self.output)))
            time.sleep(0.02)


def test_a_worker_killed_midway_leaves_neither_gaps_nor_doubles(tmp_path, tiny):
    names = shoot(tmp_path / "photos", 60)
    model = _model(tiny, tmp_path)
    alone = annotate(
        tmp_path / "photos", tmp_path / "alone", model=model, settings=OPEN, progress=False
    )
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        murderer = Murderer(client, tmp_path / "out", 6)
        before = psutil.Process().memory_info().rss
        murderer.start()
        run = annotate(
            tmp_path / "photos",
            tmp_path / "out",
            client,
            model=model,
            settings=OPEN,
            progress=False,
        )
        murderer.over.set()
        murderer.join()
        loads = client.run(lambda: len(home._segmenters))
    assert murderer.killed[0] < 60
    assert murderer.most - before < MEMORY
    assert set(loads.values()) == {1}
    (sitting,) = sittings(Place.of(tmp_path / "out"))
    noted = Counter(each.name for each in lines(Place.of(tmp_path / "out"), sitting))
    assert noted == Counter(names)
    assert results(tmp_path / "out") == names
    assert (run.done, run.now, run.failed) == (60, 60, 0)
    assert run.funnel == alone.funnel
    assert len(run.workers) >= 2
    for name in names:
        mine, theirs = (
            sa1b.read_one((tmp_path / where / name).with_suffix(".json"))
            for where in ("out", "alone")
        )
        assert [each.mask for each in mine.regions] == [each.mask for each in theirs.regions]
    parts = list((tmp_path / "out").rglob("*.part"))
    assert len(parts) <= 1, "the one that the killed worker was about to write"
    assert "Dask at tcp://" in run.sittings[0].workers


def test_a_model_is_loaded_once_by_all_threads_of_a_worker(tmp_path, tiny, here, monkeypatch):
    shoot(tmp_path / "photos", 6)
    model = _model(tiny, tmp_path)
    load, loads = Segmenter.load, []

    def slowly(name, *rest):
        loads.append(name)
        time.sleep(0.3)
        return load(name, *rest)

    monkeypatch.setattr(Segmenter, "load", slowly)
    run = annotate(
        tmp_path / "photos", tmp_path / "out", here, model=model, settings=OPEN, progress=False
    )
    assert run.done == 6
    assert len(loads) == 1


def test_no_more_than_a_few_photos_are_ever_under_way(here):
    taken: list[str] = []
    back = 0

    def names() -> Iterator[str]:
        for number in range(100):
            taken.append(f"{number}.jpg")
            yield taken[-1]

    crew = Cluster(here)
    for done in crew.done(Done, names()):  # a job whose work is nothing
        back += 1
        assert done.name in taken
        assert len(taken) - back <= AHEAD * 2
    assert back == len(taken) == 100


def test_one_that_is_closed_lets_go_of_what_is_under_way(here):
    def slow(name: str) -> Done:
        time.sleep(0.05)
        return Done(name)

    done = Cluster(here).done(slow, (f"{n}" for n in range(1000)))
    next(done)
    done.close()
    deadline = time.monotonic() + 10
    while here.processing() and any(here.processing().values()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(here.processing().values())


def test_what_fails_with_one_photo_fails_that_photo_alone(here):
    def job(name: str) -> Done:
        if name == "2":
            raise OSError("the network is gone")
        return Done(name)

    done = {each.name: each.failed for each in Cluster(here).done(job, "0123")}
    assert done == {"0": "", "1": "", "2": "2: the network is gone.", "3": ""}


def test_a_model_that_cannot_be_had_stops_all(tmp_path, here):
    shoot(tmp_path / "photos", 3)
    with pytest.raises(CheckpointError, match="no such model"):
        annotate(
            tmp_path / "photos",
            tmp_path / "out",
            here,
            model="no such model",
            settings=OPEN,
            progress=False,
        )
    assert not results(tmp_path / "out")
    assert Run.read(tmp_path / "out").done == 0


def test_workers_with_other_weights_are_found_out(tmp_path, tiny, here, monkeypatch):
    shoot(tmp_path / "photos", 6)
    model = _model(tiny, tmp_path)
    finish = Job.finish

    def by_another(job, read):
        done = finish(job, read)
        name = read.name
        from dataclasses import replace

        return replace(done, key="other-64") if name == "004.jpg" else done

    monkeypatch.setattr(Job, "finish", by_another)
    with pytest.raises(SamError, match="has other weights than"):
        annotate(
            tmp_path / "photos", tmp_path / "out", here, model=model, settings=OPEN, progress=False
        )
    assert "004.jpg" not in results(tmp_path / "out")


def test_a_model_that_is_no_name_is_refused(here, tiny):
    with pytest.raises(SamError, match="a name or a path, which each worker loads once"):
        crew_of(here, tiny)
