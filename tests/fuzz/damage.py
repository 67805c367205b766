"""Files as disks, downloads and editors leave them: cut, flipped, doubled, renamed. No formats."""

from __future__ import annotations

from hypothesis import strategies as st


def _cut(data: bytes, share: float, _: bytes) -> bytes:
    return data[: int(len(data) * share)]


def _overwritten(data: bytes, share: float, other: bytes) -> bytes:
    start = int(len(data) * share)
    return (data[:start] + other + data[start + len(other) :])[: max(len(data), 1)]


def _inserted(data: bytes, share: float, other: bytes) -> bytes:
    start = int(len(data) * share)
    return data[:start] + other + data[start:]


def _doubled(data: bytes, share: float, _: bytes) -> bytes:
    start = int(len(data) * share)
    return data[:start] + data[start // 2 :]


def _early(data: bytes, share: float, other: bytes) -> bytes:
    """Overwritten within the first bytes, where formats keep their sizes."""
    return _overwritten(data, min(1.0, share * 64 / max(len(data), 1)), other[:4])


WAYS = (_cut, _overwritten, _inserted, _doubled, _early, _early)
damages = st.lists(
    st.tuples(st.sampled_from(WAYS), st.floats(0, 1), st.binary(min_size=1, max_size=12)),
    max_size=3,
)


def damaged(data: bytes, damage: list) -> bytes:
    """Return a file's bytes after some of these."""
    for way, share, other in damage:
        data = way(data, share, other)
    return data


names = st.one_of(
    st.sampled_from(["a.png", "a.jpg", "a", "a.tif", "a.npy", "b c.JPG", "a.pth", "a.json"]),
    st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs", "Cc"]), min_size=1)
    .filter(lambda name: name not in (".", "..") and len(name.encode()) < 200),
)  # fmt: skip
