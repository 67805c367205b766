"""One making a key, bounded bytes, errors forgotten."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sam_widget.segment.cache import EmbeddingCache, shared_cache


@dataclass(frozen=True)
class Lump:
    nbytes: int
    name: str = ""


def key(name):
    return (str(name), "model")


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
    def test_however_many_ask(self):
        make = Slow(Lump(1))
        results = meet(EmbeddingCache(10), make)
        assert make.calls == 1
        assert all(result is make.outcome for result in results)

    def test_an_error_reaches_all_that_waited_and_the_next_tries_again(self):
        cache, make = EmbeddingCache(10), Slow(OSError("no"))
        results = meet(cache, make)
        assert all(isinstance(result, OSError) for result in results)
        good = Lump(1)
        assert cache.get(key("a"), lambda: good) is good

    def test_a_maker_that_was_interrupted_leaves_the_making_to_a_waiter(self):
        cache, make = EmbeddingCache(10), Slow(KeyboardInterrupt())
        good, stopped = Lump(1), []

        def once():
            if make.calls == 0:
                return make()
            stopped.append(1)
            return good

        once.started, once.go = make.started, make.go
        results = meet(cache, once)
        assert sum(isinstance(result, KeyboardInterrupt) for result in results) == 1
        assert sum(result is good for result in results) == 4
        assert len(stopped) == 1

    def test_other_keys_do_not_wait(self):
        cache, make = EmbeddingCache(10), Slow(Lump(1))
        thread = threading.Thread(target=cache.get, args=(key("a"), make))
        thread.start()
        assert make.started.wait(20)
        other = Lump(2)
        assert cache.get(key("b"), lambda: other) is other
        make.go.set()
        thread.join(20)
        assert len(cache) == 2

    def test_a_storm(self):
        cache, made, lock = EmbeddingCache(1000), [], threading.Lock()

        def make(name):
            with lock:
                made.append(name)
            return Lump(1, name)

        def work(i):
            names = [str((i + j) % 7) for j in range(200)]
            return all(cache.get(key(n), lambda n=n: make(n)).name == n for n in names)

        assert all(together(8, work))
        assert sorted(made) == sorted(set(made))


class TestRoom:
    def test_the_least_recently_used_goes_first(self):
        cache = EmbeddingCache(3)
        for name in "abc":
            cache.get(key(name), lambda: Lump(1))
        cache.get(key("a"), pytest.fail)
        cache.get(key("d"), lambda: Lump(1))
        assert [name for name in "abcd" if key(name) in cache] == ["a", "c", "d"]

    def test_what_is_larger_than_the_room_is_returned_and_pushes_nothing_out(self):
        cache = EmbeddingCache(3)
        cache.get(key("a"), lambda: Lump(3))
        assert cache.get(key("b"), lambda: Lump(4)).nbytes == 4
        assert key("a") in cache
        assert key("b") not in cache
        assert cache.nbytes == 3

    def test_clear(self):
        cache = EmbeddingCache(3)
        cache.get(key("a"), lambda: Lump(3))
        cache.clear()
        assert (len(cache), cache.nbytes) == (0, 0)

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


def test_one_a_process():
    assert shared_cache() is shared_cache()
