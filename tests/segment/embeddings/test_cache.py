"""Every tier alike: bounded, least recently used first; one making a key, errors forgotten."""

import threading
import time
from collections import OrderedDict

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from sam_widget.segment.embeddings.cache import EmbeddingCache, shared_cache
from sam_widget.segment.embeddings.tiers import Held, Row, in_memory, on_accelerator
from tests.segment.places import OVERHEAD, PLACES, Lump, far, key, same, small, together

ROOM = small().nbytes + OVERHEAD  # for one


@pytest.fixture(params=list(PLACES))
def place(request, tmp_path):
    """Makes a tier with room for that many embeddings."""
    return lambda count: PLACES[request.param](count * ROOM, tmp_path)


@pytest.fixture
def cache(place):
    return EmbeddingCache(place(20))


def keep(tier, name, value):
    """Put, and let the clock of the file system tick: its times order the files."""
    tier.put(key(name), value)
    tier.flush()
    time.sleep(0.012)


class TestTier:
    """What all of them promise."""

    def test_nothing_is_there_at_first(self, place):
        tier = place(3)
        assert tier.get(key("a")) is None
        assert key("a") not in tier
        assert tier.nbytes == 0

    def test_what_was_put_comes_back_to_the_last_bit(self, place):
        tier = place(3)
        tier.put(key("a"), small(1))
        assert key("a") in tier
        assert same(tier.get(key("a")), small(1))
        tier.flush()
        assert key("a") in tier
        assert same(tier.get(key("a")), small(1))
        assert small(1).nbytes <= tier.nbytes <= 2 * ROOM

    def test_an_image_for_another_model_is_another_thing(self, place):
        tier = place(5)
        tier.put(key("a", "mini"), small(1))
        assert key("a", "large") not in tier
        tier.put(key("a", "large"), small(2))
        tier.flush()
        assert same(tier.get(key("a", "mini")), small(1))
        assert same(tier.get(key("a", "large")), small(2))

    def test_the_least_recently_used_goes_first(self, place):
        tier = place(3)
        for i, name in enumerate("abc"):
            keep(tier, name, small(i))
        assert same(tier.get(key("a")), small(0))
        time.sleep(0.012)
        keep(tier, "d", small(3))
        assert [name for name in "abcd" if key(name) in tier] == ["a", "c", "d"]

    def test_what_is_larger_than_the_room_pushes_nothing_out(self, place):
        tier = place(2)
        keep(tier, "a", small(1))
        keep(tier, "b", small(2, size=9))
        assert same(tier.get(key("a")), small(1))
        assert key("b") not in tier
        assert tier.get(key("b")) is None

    def test_no_room_keeps_nothing(self, place):
        tier = place(0)
        keep(tier, "a", small(1))
        assert tier.get(key("a")) is None
        assert tier.nbytes == 0

    def test_put_twice_counts_once(self, place):
        tier = place(3)
        keep(tier, "a", small(1))
        before = tier.nbytes
        keep(tier, "a", small(1))
        assert tier.nbytes == before
        assert same(tier.get(key("a")), small(1))

    def test_clear(self, place):
        tier = place(3)
        keep(tier, "a", small(1))
        tier.put(key("b"), small(2))
        tier.clear()
        assert tier.nbytes == 0
        assert tier.get(key("a")) is None
        assert key("b") not in tier
        keep(tier, "a", small(1))
        assert key("a") in tier

    def test_many_threads(self, place):
        tier, values = place(3), [small(i) for i in range(5)]

        def work(i):
            for j in range(30):
                name = (i + j) % 5
                found = tier.get(key(name))
                assert found is None or same(found, values[name])
                tier.put(key(name), values[name])

        assert together(4, work) == [None] * 4
        tier.flush()
        assert tier.nbytes <= 5 * ROOM


class Slow:
    """A maker that waits until told to go on, and counts."""

    def __init__(self, outcome):
        self.outcome, self.calls = outcome, 0
        self.started, self.go = threading.Event(), threading.Event()

    def __call__(self):
        self.calls += 1
        self.started.set()
        assert self.go.wait(20)
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome


def meet(cache, make, waiters=4):
    """One thread makes; when it is at it, others ask for the same; then it may end."""
    asking = threading.Semaphore(0)

    def work(i):
        if i:
            assert make.started.wait(20)
            asking.release()
        else:
            threading.Thread(target=let_go).start()
        return cache.get(key("a"), make)

    def let_go():
        for _ in range(waiters):
            asking.acquire()
        make.go.set()

    return together(waiters + 1, work)


class TestOneFlight:
    def test_however_many_ask(self, cache):
        make = Slow(small(1))
        results = meet(cache, make)
        assert make.calls == 1
        assert all(same(result, make.outcome) for result in results)

    def test_what_is_kept_is_not_made(self, cache):
        cache.put(key("a"), small(1))
        assert same(cache.get(key("a"), pytest.fail), small(1))
        cache.clear()
        assert same(cache.get(key("a"), lambda: small(2)), small(2))

    def test_an_error_reaches_all_that_waited_and_the_next_tries_again(self, cache):
        results = meet(cache, Slow(OSError("no")))
        assert all(isinstance(result, OSError) for result in results)
        good = small(1)
        assert cache.get(key("a"), lambda: good) is good

    def test_a_maker_that_was_interrupted_leaves_the_making_to_a_waiter(self, cache):
        make = Slow(KeyboardInterrupt())
        good, stopped = small(1), []

        def once():
            if make.calls == 0:
                return make()
            stopped.append(1)
            return good

        once.started, once.go = make.started, make.go
        results = meet(cache, once)
        assert sum(isinstance(result, KeyboardInterrupt) for result in results) == 1
        others = [each for each in results if not isinstance(each, KeyboardInterrupt)]
        assert len(others) == 4
        assert all(same(result, good) for result in others)
        assert len(stopped) == 1

    def test_other_keys_do_not_wait(self, cache):
        make = Slow(small(1))
        thread = threading.Thread(target=cache.get, args=(key("a"), make))
        thread.start()
        assert make.started.wait(20)
        other = small(2)
        assert cache.get(key("b"), lambda: other) is other
        make.go.set()
        thread.join(20)
        assert key("a") in cache
        assert key("b") in cache

    def test_a_storm(self, cache):
        made, lock = [], threading.Lock()
        values = {str(i): small(i) for i in range(7)}

        def make(name):
            with lock:
                made.append(name)
            return values[name]

        def work(i):
            names = [str((i + j) % 7) for j in range(40)]
            return all(
                cache.get(key(n), lambda n=n: make(n)).frame == values[n].frame for n in names
            )

        assert all(result is True for result in together(8, work))
        assert sorted(made) == sorted(set(made))


class TestHeld:
    @given(st.integers(0, 12), st.lists(st.tuples(st.sampled_from("abcdefg"), st.integers(0, 6))))
    def test_like_a_plain_list_of_the_recently_used(self, limit, asked):
        cache, plain = EmbeddingCache(limit), OrderedDict()
        for name, size in asked:
            value = cache.get(key(name), lambda size=size: Lump(size))
            if name in plain:
                assert value is plain[name]
                plain.move_to_end(name)
            elif value.nbytes <= limit:
                plain[name] = value
                while sum(lump.nbytes for lump in plain.values()) > limit:
                    plain.popitem(last=False)
            assert cache.nbytes == sum(lump.nbytes for lump in plain.values()) <= limit
            assert {name for name in "abcdefg" if key(name) in cache} == set(plain)

    def test_what_has_no_room_is_given_back_for_the_next_tier(self):
        tier = Held(3, in_memory)
        values = {name: Lump(1, name) for name in "abc"}
        for name in "abc":
            assert tier.put(key(name), values[name]) == []
        two = Lump(2)
        assert tier.put(key("d"), two) == [(key("a"), values["a"]), (key("b"), values["b"])]
        large = Lump(4)
        assert tier.put(key("e"), large) == [(key("e"), large)]

    def test_a_value_at_hand_is_the_same_object(self):
        tier, value = Held(ROOM, in_memory), small(1)
        tier.put(key("a"), value)
        assert tier.get(key("a")) is value


class TestGpu:
    def test_values_stay_where_they_are(self):
        tier, value = Held(ROOM, on_accelerator), far(1)
        assert tier.put(key("a"), value) == []
        assert tier.get(key("a")) is value

    def test_what_lies_in_memory_is_for_the_next_tier(self):
        tier = Held(ROOM, on_accelerator)
        for value in (small(1), Lump(1)):
            assert tier.put(key("a"), value) == [(key("a"), value)]
        assert tier.nbytes == 0

    def test_from_the_gpu_to_memory_to_the_last(self):
        nbytes = far().nbytes
        gpu, memory = Held(nbytes, on_accelerator), Held(nbytes, in_memory)
        last = Held(4 * nbytes, in_memory)
        row = Row(gpu, memory, lasting=last)
        for i in range(3):
            row.put(key(i), far(i))
        assert [key(2) in gpu, key(1) in memory, key(0) in memory] == [True, True, False]
        assert memory.get(key(1)) == far(1).to("cpu")
        assert all(key(i) in last for i in range(3))  # at once, for the next process

    def test_what_the_last_has_lost_meanwhile_it_is_given_again(self):
        nbytes = far().nbytes
        memory, last = Held(nbytes, in_memory), Held(4 * nbytes, in_memory)
        row = Row(memory, lasting=last)
        row.put(key(0), far(0))
        last.clear()
        row.put(key(1), far(1))
        assert key(0) in last

    def test_the_asker_says_where_and_it_stays_there(self):
        gpu, memory = Held(9999, on_accelerator), Held(9999, in_memory)
        cache = EmbeddingCache(Row(gpu, memory, lasting=Held(9999, in_memory)))
        near = far(1).to("cpu")
        cache.put(key("a"), near)
        found = cache.get(key("a"), pytest.fail, "cuda")
        assert found == far(1)
        assert cache.get(key("a"), pytest.fail, "cuda") is found
        assert gpu.get(key("a")) is found
        assert cache.get(key("a"), pytest.fail, "cpu") == near
        assert cache.get(key("b"), lambda: far(2), "cuda") == far(2)

    def test_a_real_device(self):
        device = "cuda" if torch.cuda.is_available() else "cpu"
        cache = EmbeddingCache(10 * ROOM)
        there = cache.get(key("a"), lambda: small(1), device)
        assert there.features.skips[0].device.type == device
        assert same(there.to("cpu"), small(1))

    def test_a_value_without_tensors_lies_nowhere(self):
        lump = Lump(1)
        assert EmbeddingCache(3).get(key("a"), lambda: lump, "cuda") is lump


class TestShared:
    def test_one_a_process(self):
        assert shared_cache() is shared_cache()

    def test_it_keeps_files_in_the_users_cache(self, user_cache):
        name = key("shared", "test")
        shared_cache().put(name, small(1))
        shared_cache().flush()
        assert list((user_cache / "embeddings").glob("*.safetensors"))
        assert name in shared_cache()
