"""Who is counted while Python ends: nobody twice, nobody who rests."""

import subprocess
import sys
import threading

import pytest

from sam_widget import lifetime


@pytest.fixture
def gate(monkeypatch):
    """A gate of its own, and an end that is not."""
    monkeypatch.setattr(lifetime, "_gate", lifetime._Gate())
    monkeypatch.setattr(lifetime, "_ending", threading.Event())
    monkeypatch.setattr(lifetime, "REST", 0.0)
    return lifetime._gate


@pytest.mark.parametrize("outside", [lifetime.idle, lifetime.foreign])
@pytest.mark.parametrize("daemon", [True, False])
def test_who_is_late_is_not_counted_out_twice(gate, outside, daemon):
    seen = []

    def work():
        try:
            with lifetime.busy():
                seen.append(gate.inside)
                with outside():
                    seen.append(gate.inside)
                    lifetime._ending.set()
                seen.append("never")
        except lifetime.Ended:
            seen.append("ended")

    thread = threading.Thread(target=work, daemon=daemon)
    thread.start()
    thread.join(20)
    assert seen == [1, 0, "ended"]
    assert (gate.inside, gate.abroad) == (0, 0)


@pytest.mark.parametrize(("daemon", "rests"), [(True, True), (False, False)])
def test_a_daemon_that_is_late_rests_and_prints_nothing(gate, monkeypatch, daemon, rests):
    slept = []
    monkeypatch.setattr(lifetime.time, "sleep", slept.append)
    for late in (False, True):
        if late:
            lifetime._ending.set()
        thread = threading.Thread(target=lifetime.rest_if_late, daemon=daemon)
        thread.start()
        thread.join(20)
    assert len(slept) == rests


def test_the_main_thread_comes_in_at_the_end(gate):
    lifetime._ending.set()
    with lifetime.busy():
        assert gate.inside == 1
        with lifetime.idle():
            assert gate.inside == 0
    assert gate.inside == 0


CELL = """
import sys
from IPython.core.interactiveshell import InteractiveShell
from sam_widget import lifetime
InteractiveShell.instance().run_cell("raise KeyboardInterrupt")
print(sys.last_type is KeyboardInterrupt, lifetime._interrupted())
"""


def test_a_cell_that_was_interrupted_does_not_end_its_kernel_by_the_signal():
    done = subprocess.run([sys.executable, "-c", CELL], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "True False"


def test_a_pool_that_takes_no_work_ends_who_hands_it_over_and_other_errors_are_told(gate):
    with pytest.raises(lifetime.Ended), lifetime.busy(), lifetime.handing_over():
        raise RuntimeError("cannot schedule new futures after shutdown")
    assert gate.inside == 0
    with pytest.raises(RuntimeError, match="new thread"), lifetime.handing_over():
        raise RuntimeError("can't start new thread")
