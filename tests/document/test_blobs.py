"""Blobs: names by content, and what is let go."""

from sam_widget.document.blobs import Blobs


def test_the_same_bytes_have_one_name():
    blobs = Blobs()
    name = blobs.put(b"abc")
    # SHA-256 of "abc" as in FIPS 180-4, half of it
    assert name == "ba7816bf8f01cfea414140de5dae2223"
    assert blobs.put(b"abc") == name
    assert blobs.get(name) == b"abc"
    assert name in blobs
    assert len(blobs) == 1
    assert blobs.get("nothing") is None


def test_what_nobody_names_goes_once_it_is_settled():
    blobs = Blobs()
    kept, fresh, settled = (blobs.put(data) for data in (b"kept", b"fresh", b"settled"))
    blobs.settle([kept, settled])
    blobs.keep([kept])
    assert kept in blobs
    assert fresh in blobs
    assert settled not in blobs


def test_put_twice_is_settled_twice():
    blobs = Blobs()
    name = blobs.put(b"the mask of two answers under way")
    blobs.put(b"the mask of two answers under way")
    blobs.settle([name])
    blobs.keep([])
    assert name in blobs
    blobs.settle([name, "never put"])
    blobs.keep([])
    assert name not in blobs
