"""The program `baremath`: its commands, and what becomes of everything that goes wrong."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from lms.cli import account, completion, grade_folder, tasks, terminal, work
from lms.cli.errors import ACCEPTED, INTERRUPTED, CommandError, MistakeError


class InOrder(click.Group):
    """Lists the commands in the order in which one needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Whoever reads a pipe may stop reading: click would call that a failure."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _drop_output()
            return ACCEPTED
        return code


def _say_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:  # noqa: FBT001 -- click's signature
    from importlib.metadata import PackageNotFoundError, version

    if asked:
        try:
            terminal.say(f"baremath {version('baremath')}")
        except PackageNotFoundError:
            terminal.say("baremath, run from a checkout that is not installed")
        context.exit()


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_say_version, help="Say which one this is."
)
def baremath() -> None:
    """Learn machine learning by rebuilding it, from a terminal.

    \b
    baremath login                                 sign in, once
    baremath tasks                                 choose a task
    baremath get conv2d-forward                    bring it here
    $EDITOR conv2d-forward/conv2d_forward.py       write it
    baremath test conv2d-forward/conv2d_forward.py            the shown cases
    baremath submit --wait conv2d-forward/conv2d_forward.py   graded

    \b
    Exit codes: 0  accepted, or done
                1  not accepted, or what was asked for does not exist
                2  the call cannot work as it is: an option, a file, no sign-in
                3  unavailable: no connection, a server that fails, paused grading
    """  # noqa: D301 -- \b is the character by which click keeps lines as they are


for module in (account, tasks, work, grade_folder, completion):
    for command in module.COMMANDS:
        baremath.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program; every way of ending is an exit code, and a sentence where it did not work."""
    terminal.prepare()
    sys.exit(_run(list(sys.argv[1:] if arguments is None else arguments)))


def _run(given: list[str]) -> int:
    try:
        return baremath.main(given or ["--help"], prog_name="baremath", standalone_mode=False) or ACCEPTED
    except click.Abort:
        terminal.note("Stopped.")
        return INTERRUPTED
    except click.ClickException as error:
        return _fail(_as_mistake(error), as_json="--json" in given)
    except CommandError as error:
        return _fail(error, as_json="--json" in given)
    except OSError as error:  # a disk that is full, for one
        _drop_output()
        return _fail(
            MistakeError(f"{error.filename or 'The output'} cannot be written: {error.strerror}."), as_json=False
        )


def _drop_output() -> None:
    """Send what is still to be written nowhere: else Python tries it once more when it ends, and complains."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _as_mistake(error: click.ClickException) -> CommandError:
    """Say what click says, with the command whose --help goes on from here."""
    where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "baremath"
    return MistakeError(f"{error.format_message()}\nTry: {where} --help")


def _fail(error: CommandError, *, as_json: bool) -> int:
    if as_json:
        terminal.say_json(error.as_dict())
    fields = [f"{pointer}: {detail}" for pointer, detail in error.fields]
    is_all = [detail for _, detail in error.fields] == [str(error)]
    terminal.note("\n  ".join(fields if is_all else [str(error), *fields]), "red")
    return error.exit_code
