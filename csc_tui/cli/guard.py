"""Round every command: what may go wrong becomes one sentence and an exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from csc_tui.cli.exits import FAILED, INTERRUPTED, OK, code_of
from csc_tui.cli.output import complain
from csc_tui.config.paths import Paths
from csc_tui.config.refusal import ConfigError
from csc_tui.domain.errors import CrmError
from csc_tui.words import say


def guarded(arguments: Sequence[str], *, own_process: bool) -> int:
    """Run the command that `arguments` name; its exit code.

    With `own_process` also what nobody foresaw is caught: a crash file is written and named,
    and no traceback reaches the terminal.
    """
    os.umask(0o077)
    if own_process:
        _open_what_is_closed()
    paths = Paths.of(os.environ)
    if own_process:
        from csc_tui.config.crash import install

        install(paths)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        from csc_tui.cli.commands import run

        code = run([_text(one) for one in arguments], paths)
        sys.stdout.flush()
    except ConfigError as error:
        complain(str(error))
        return error.code
    except CrmError as error:
        from csc_tui.sentences import explain

        complain(explain(error))
        return code_of(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has what it wanted; what is still buffered must not fail at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return OK
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        complain(say("cli.system", why=f"{where}{error.strerror or type(error).__name__}"))
        if error.filename is None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return FAILED
    finally:
        if own_process:
            gc.freeze()  # looking once more through all that was imported would take a seventh
    return code


def _text(argument: str) -> str:
    """The argument. ConfigError where its bytes are no text: the CRM would be sent other ones."""
    try:
        argument.encode("utf-8")
    except UnicodeEncodeError:
        encoding = sys.getfilesystemencoding().upper()
        shown = argument.encode("ascii", "backslashreplace").decode("ascii")
        raise ConfigError("cli.not-text", argument=shown, encoding=encoding) from None
    return argument


def _open_what_is_closed() -> None:
    """Streams that the process was started without (`>&-`): no other file may get their numbers.

    Input is at its end, what is printed fails as it would on a closed stream, complaints are lost.
    """
    for number, flags in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)  # takes the lowest number that is free
    sys.stdin = sys.stdin or os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8", closefd=False)
