"""Hub ids to files. Imports huggingface_hub when the first is asked for."""

from __future__ import annotations

from http.client import HTTPException
from pathlib import Path
from socket import gaierror
from urllib.request import Request, urlopen

from sam_widget.errors import in_short
from sam_widget.lifetime import idle

from .errors import CheckpointError
from .hosted import CONFIG, PROCESSORS, class_of

FILES = ("model.safetensors", "pytorch_model.bin")  # as transformers names them; safe one first
SILENCE = 10.0  # s without an answer after which it counts as out of reach
OFFLINE = (gaierror, ConnectionRefusedError, TimeoutError)


def from_hub(repo: str) -> Path:
    """Return the weights file of a model on the hub, downloaded once to the hub's own cache.

    A copy that is there already is taken without asking the network. Beside the weights of a
    network that ``transformers`` runs lies its configuration, brought with them.

    Parameters
    ----------
    repo : str
        Such as ``facebook/sam-vit-base``.

    Raises
    ------
    CheckpointError
        It is not there, may not be read, or cannot be reached.
    """
    try:
        from huggingface_hub import constants, errors, hf_hub_download  # noqa: PLC0415  an extra
    except ImportError as error:
        said = "is a hub id, and hub ids need an extra: pip install 'sam_widget[hub]'"
        raise CheckpointError(f"{repo!r} {said}; or give a file's path.") from error
    for file in FILES:
        try:
            return Path(hf_hub_download(repo, file, local_files_only=True))
        except (errors.LocalEntryNotFoundError, errors.HFValidationError):
            continue
    if not constants.HF_HUB_OFFLINE and (gone := _why_out_of_reach(constants.ENDPOINT)):
        raise _unreachable(repo, gone)
    config = _fetched(repo, CONFIG)
    if config is not None and class_of(config) is not None:
        for file in PROCESSORS:
            _fetched(repo, file)
    for file in FILES:
        weights = _fetched(repo, file)  # the last: where they lie, all that belongs to them does
        if weights is not None:
            return weights
    raise CheckpointError(f"The hub's {repo!r} holds neither {' nor '.join(FILES)}.")


def _fetched(repo: str, file: str) -> Path | None:
    """Return a file of a model on the hub, None where the model has none of this name."""
    from huggingface_hub import errors, hf_hub_download  # noqa: PLC0415  an extra

    try:
        with idle():
            return Path(hf_hub_download(repo, file))
    except errors.RepositoryNotFoundError as error:
        said = "or it may not be read without logging in"
        raise CheckpointError(f"There is no model {repo!r} on the hub, {said}.") from error
    except errors.LocalEntryNotFoundError as error:  # an EntryNotFoundError, too
        raise _unreachable(repo, error.__cause__ or error) from error
    except errors.EntryNotFoundError:
        return None
    except Exception as error:  # whatever its HTTP client of the day raises
        raise _unreachable(repo, error) from error


def _why_out_of_reach(url: str) -> object:
    """Return why nothing answers there, or None: the hub's own client takes half a minute."""
    try:
        urlopen(Request(url, method="HEAD"), timeout=SILENCE).close()  # noqa: S310  the hub's URL
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        return reason if isinstance(reason, OFFLINE) else None
    return None


def _unreachable(repo: str, error: object) -> CheckpointError:
    return CheckpointError(
        f"{repo!r} could not be fetched from the hub ({in_short(error)}); offline, put its"
        f" {FILES[0]} and the .json files beside it into a folder and give that folder's path."
    )
