"""The file that remembers one's tokens: one for each server, readable by its owner alone."""

import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lms.cli.errors import MistakeError
from lms.cli.terminal import note

FILE_NAME = "tokens.json"


@dataclass
class Tokens:
    """`servers` maps the address of a server to what is known about it: token and username."""

    path: Path
    servers: dict[str, dict[str, str]] = field(default_factory=dict)
    latest: str = ""  # the server that was signed in to last

    def token_of(self, url: str) -> str:
        return self.servers.get(url, {}).get("token", "")

    def remember(self, url: str, *, token: str, username: str) -> None:
        self.servers[url] = {"token": token, "username": username}
        self.latest = url
        self._write()

    def forget(self, url: str) -> None:
        self.servers.pop(url, None)
        if self.latest == url:
            self.latest = next(iter(self.servers), "")
        self._write()

    def _write(self) -> None:
        document = {"latest": self.latest, "servers": self.servers}
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomically(self.path, json.dumps(document, indent=2) + "\n", mode=0o600)
        except OSError as error:
            raise MistakeError(
                f"The token cannot be kept in {self.path}: {error.strerror}. BAREMATH_CONFIG names another folder."
            ) from None


def write_atomically(path: Path, text: str, *, mode: int = 0o666) -> None:
    """Replace the file as a whole; nobody ever sees half of it, nor with more rights than `mode`."""
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        with open(  # noqa: PTH123 -- Path.open takes no descriptor, and the rights must be there from the start
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8", newline=""
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def read_tokens() -> Tokens:
    path = _folder() / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
        _close_to_others(path)
        document = json.loads(text)
        servers = {str(url): _server(known) for url, known in document["servers"].items()}
        return Tokens(path, servers, str(document["latest"]))
    except FileNotFoundError:
        return Tokens(path)
    except OSError as error:
        raise MistakeError(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise MistakeError(f"{path} is not as baremath login writes it. Delete it, then sign in again.") from None


def _folder() -> Path:
    if named := os.environ.get("BAREMATH_CONFIG"):
        return Path(named)
    base = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(base) if Path(base).is_absolute() else _home() / ".config") / "baremath"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        raise MistakeError("There is no home folder to keep tokens in: BAREMATH_CONFIG names another.") from None


def _close_to_others(path: Path) -> None:
    if os.name == "posix" and (mode := stat.S_IMODE(path.stat().st_mode)) & 0o077:
        path.chmod(0o600)
        note(f"{path} could be read by others (mode {mode:o}); it is closed to them now.")


def _server(known: Any) -> dict[str, str]:
    return {"token": str(known["token"]), "username": str(known["username"])}
