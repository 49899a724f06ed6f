"""Completing commands and options with the tab key: `completion`."""

from typing import Any

import click
from click.shell_completion import get_completion_class

from lms.cli.terminal import note, say

START_UP = {
    "bash": 'eval "$(baremath completion bash)"   # in ~/.bashrc',
    "zsh": 'eval "$(baremath completion zsh)"   # in ~/.zshrc, after compinit',
    "fish": "baremath completion fish > ~/.config/fish/completions/baremath.fish   # once",
}


@click.command()
@click.argument("shell", type=click.Choice(list(START_UP)))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes the tab key complete commands in a shell.

    \b
    bash   eval "$(baremath completion bash)"    in ~/.bashrc
    zsh    eval "$(baremath completion zsh)"     in ~/.zshrc, after compinit
    fish   baremath completion fish > ~/.config/fish/completions/baremath.fish
    """  # noqa: D301 -- \b is the character by which click keeps lines as they are
    completes = get_completion_class(shell)
    assert completes is not None, "click completes these three"
    say(completes(context.find_root().command, {}, "baremath", "_BAREMATH_COMPLETE").source())
    note(f"To have it in every shell:  {START_UP[shell]}")


COMMANDS: tuple[Any, ...] = (completion,)
