"""Hub ids to files. Imports huggingface_hub when the first is asked for."""

from __future__ import annotations

from http.client import HTTPException
from pathlib import Path
from socket import gaierror
from urllib.request import Request, urlopen

from sam_widget.errors import in_short
from sam_widget.lifetime import idle

from .errors import CheckpointError

FILES = ("model.safetensors", "pytorch_model.bin")  # as transformers names them; safe one first
SILENCE = 10.0  # s without an answer after which it counts as out of reach
OFFLINE = (gaierror, ConnectionRefusedError, TimeoutError)


def from_hub(repo: str) -> Path:
    """Return the weights file of a model on the hub, downloaded once to the hub's own cache.

    A copy that is there already is taken without asking the network.

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
    for file in FILES:
        try:
            with idle():
                return Path(hf_hub_download(repo, file))
        except errors.RepositoryNotFoundError as error:
            said = "or it may not be read without logging in"
            raise CheckpointError(f"There is no model {repo!r} on the hub, {said}.") from error
        except errors.LocalEntryNotFoundError as error:  # an EntryNotFoundError, too
            raise _unreachable(repo, error.__cause__ or error) from error
        except errors.EntryNotFoundError:
            continue
        except Exception as error:  # whatever its HTTP client of the day raises
            raise _unreachable(repo, error) from error
    raise CheckpointError(f"The hub's {repo!r} holds neither {' nor '.join(FILES)}.")


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
        f"{repo!r} could not be fetched from the hub ({in_short(error)}); offline, bring its"
        f" {FILES[0]} from elsewhere and give that file's path."
    )
