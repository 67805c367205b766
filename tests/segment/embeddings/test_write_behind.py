"""Writing behind: putting waits for nothing, what waits is found, and no thread stays."""

import threading

from sam_widget.segment.embeddings.behind import WriteBehind
from tests.segment.places import Lump, key


class Gate:
    """A tier that is as slow as one likes."""

    def __init__(self):
        self.kept, self.go, self.at_it = {}, threading.Event(), threading.Event()
        self.fail = None
        self.threads = set()

    def put(self, name, value):
        self.at_it.set()
        self.threads.add(threading.current_thread())
        assert self.go.wait(20)
        if self.fail:
            raise self.fail
        self.kept[name] = value
        return []

    def get(self, name):
        return self.kept.get(name)

    def __contains__(self, name):
        return name in self.kept

    @property
    def nbytes(self):
        return sum(value.nbytes for value in self.kept.values())

    def clear(self):
        self.kept.clear()


class TestWriteBehind:
    def test_putting_waits_for_nothing_and_what_waits_is_found(self):
        gate = Gate()
        tier = WriteBehind(gate, 3)
        values = [Lump(1, str(i)) for i in range(3)]
        for i, value in enumerate(values):
            assert tier.put(key(i), value) == []
        assert gate.kept == {}
        assert [tier.get(key(i)) for i in range(3)] == values
        assert key(1) in tier
        gate.go.set()
        tier.flush()
        assert [gate.kept[key(i)] for i in range(3)] == values

    def test_a_full_queue_gives_back(self):
        gate = Gate()
        tier = WriteBehind(gate, 2)
        for name in "ab":
            tier.put(key(name), Lump(1))
        more = Lump(1)
        assert tier.put(key("c"), more) == [(key("c"), more)]
        assert tier.put(key("a"), Lump(1)) == []  # it waits already
        gate.go.set()
        tier.flush()
        assert set(gate.kept) == {key("a"), key("b")}

    def test_no_thread_stays(self):
        gate = Gate()
        gate.go.set()
        tier = WriteBehind(gate)
        for i in range(3):
            tier.put(key(i), Lump(1))
            tier.flush()
        for thread in gate.threads:
            thread.join(20)
            assert not thread.is_alive()
        assert threading.current_thread() not in gate.threads

    def test_an_error_is_not_the_callers(self, caplog):
        gate = Gate()
        gate.fail = ValueError("odd")
        gate.go.set()
        tier = WriteBehind(gate)
        tier.put(key("a"), Lump(1))
        tier.flush()
        assert "could not be written" in caplog.text
        gate.fail = None
        tier.put(key("b"), Lump(1))
        tier.flush()
        assert set(gate.kept) == {key("b")}

    def test_clear_waits_for_the_one_that_is_being_written(self):
        gate = Gate()
        tier = WriteBehind(gate)
        tier.put(key("a"), Lump(1))
        tier.put(key("b"), Lump(1))
        assert gate.at_it.wait(20)
        clearing = threading.Thread(target=tier.clear)
        clearing.start()
        gate.go.set()
        clearing.join(20)
        assert not clearing.is_alive()
        assert gate.kept == {}

    def test_what_no_thread_could_be_had_for_is_written_in_the_end(self, monkeypatch):
        def refuse(thread):
            raise RuntimeError("can't create new thread at interpreter shutdown")

        gate = Gate()
        gate.go.set()
        tier = WriteBehind(gate)
        monkeypatch.setattr(threading.Thread, "start", refuse)
        tier.put(key("a"), Lump(1))
        tier.flush()
        assert gate.kept == {}
        assert key("a") in tier
        tier.finish()
        assert key("a") in gate.kept

    def test_a_second_value_of_a_key_that_is_being_written(self):
        gate = Gate()
        tier = WriteBehind(gate)
        tier.put(key("a"), Lump(1, "first"))
        assert gate.at_it.wait(20)
        tier.put(key("a"), Lump(1, "second"))
        gate.go.set()
        tier.flush()
        assert gate.kept[key("a")].name == "second"
