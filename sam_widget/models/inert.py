"""What a torch file holds beside tensors, as things that do nothing. Imports and runs none of it.

torch's restricted loader makes what it was told is safe, by name. Each foreign name is told to be
one of the stand-ins here, so a best score kept as a numpy number, a Namespace of arguments, a whole
pickled model load as plain things. What would be *called* while a file is read is refused, unless
it makes a plain value: that is how pickles run code.
"""

from __future__ import annotations

import pickletools
import re
import sys
from _compat_pickle import IMPORT_MAPPING, NAME_MAPPING
from collections import OrderedDict
from contextlib import contextmanager
from threading import Lock
from typing import IO, TYPE_CHECKING, Any

from torch.serialization import safe_globals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Make = Callable[[type], object]

# What a pickle may call since it makes a plain value, which is left out here.
VALUES = re.compile(
    r"numpy(\._?core)?\.(multiarray|numeric)\.\w+|numpy\.(dtype|ndarray|bool_?|u?int\d+|float\d+)"
    r"|numpy\.(dtypes|random|ma\.core)\.[\w.]+|random\.Random|pandas\..+|omegaconf\..+"
    r"|datetime\.\w+|zoneinfo\..+|decimal\.Decimal|fractions\.Fraction|uuid\.\w+"
    r"|pathlib(\._local)?\.(Pure)?(Posix|Windows)?Path|argparse\.Namespace|types\.SimpleNamespace"
    r"|collections\.\w+|enum\.\w+|functools\.partial|re\._compile|torch\._C\.Generator"
    r"|builtins\.(frozenset|slice|range|bytes|list|dict|tuple|int|float|str|bool|object)"
)
# What torch's loader makes itself.
TORCHS = re.compile(
    r"torch\.(_utils\._rebuild_\w+|_tensor\._rebuild_from_type_v2|serialization\._get_layout)"
    r"|torch\.(\w+\.)?(\w*Storage|Size|Tensor|device|[a-z]+\d*(_e\dm\d\w*)?|nn\.parameter\.Parameter)"
    r"|collections\.(OrderedDict|Counter)|_codecs\.encode|builtins\.(set|complex|bytearray)"
)
CONTAINERS: dict[str, Callable[[], object]] = {
    "collections.defaultdict": OrderedDict,
    "collections.deque": list,
    "builtins.dict": OrderedDict,
    "builtins.list": list,
}
PICKLES = (
    4  # in a file of torch's old format, before the numbers: two marks, the system, the object
)

_one_at_a_time = Lock()  # what torch was told is safe, the whole process's threads share


class CalledError(Exception):
    """The name of something that a pickle would call."""


class _Named(type):
    """The kind of the stand-ins. A pickle that calls one comes here; who makes one does not."""

    named: str

    def __call__(cls, *_: Any, **__: Any) -> Any:
        if cls.named in CONTAINERS:
            return CONTAINERS[cls.named]()
        if not (VALUES.fullmatch(cls.named) or _is_their_class(cls.named)):
            raise CalledError(cls.named)
        return as_object(cls)


class _Inert(metaclass=_Named):
    """Stands for an object of somebody's class; what it was made of is left in its ``vars``."""

    def __setstate__(self, state: object) -> None:
        if isinstance(state, dict):
            vars(self).update({str(key): value for key, value in state.items()})


def as_mapping(_: type) -> object:
    """Make what holds items and attributes both: dictionaries of others' classes, and modules."""
    return OrderedDict()


def as_object(cls: type) -> object:
    """Make what takes any state."""
    return object.__new__(cls)


@contextmanager
def standing_in(names: Iterable[str], make: Make) -> Iterator[None]:
    """Let torch's restricted loader put a stand-in for each name.

    Parameters
    ----------
    names : iterable of str
        With their modules, as ``foreign_names`` returns them.
    make : callable
        ``as_mapping`` or ``as_object``: what a pickle's objects become.
    """
    parts = {"__new__": lambda cls, *_, **__: make(cls)}
    told: list[Any] = [(_Named(name, (_Inert,), {**parts, "named": name}), name) for name in names]
    with _one_at_a_time, safe_globals(told):
        yield


def foreign_names(file: IO[bytes], pickles: int = 1) -> set[str]:
    """Return the foreign names that pickles at a file's beginning ask for; none if it is broken.

    Parameters
    ----------
    file : file
        Open for reading, at the first of them.
    pickles : int
        How many there are.
    """
    found = set()
    try:
        for _ in range(pickles):
            for operation, argument, _ in pickletools.genops(file):
                if operation.name == "GLOBAL":
                    module, _, name = str(argument).partition(" ")
                    # Names of Python 2, as pickle itself reads them.
                    module, name = NAME_MAPPING.get(
                        (module, name), (IMPORT_MAPPING.get(module, module), name)
                    )
                    if not TORCHS.fullmatch(f"{module}.{name}"):
                        found.add(f"{module}.{name}")
    except Exception:  # noqa: BLE001  whoever reads it for good will say what is wrong
        return set()
    return found


def _is_their_class(named: str) -> bool:
    """Whether it looks like a class that is neither Python's nor torch's, such as an Enum."""
    module, _, name = named.rpartition(".")
    top = module.partition(".")[0]
    return name[:1].isupper() and top not in sys.stdlib_module_names and top != "torch"
