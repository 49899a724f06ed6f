"""Mutants: the reference with one mistake in its syntax. Cases that bite tell each of them from the reference."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
import libcst.matchers as m
from libcst.metadata import MetadataWrapper, PositionProvider

from grader.certification.operators import called, changes
from grader.certification.program import Place, ReferenceProgram

UNTOUCHED = (cst.Annotation, cst.Decorator, cst.Raise, cst.Assert, cst.Import, cst.ImportFrom, cst.SimpleString)
STRICT = m.Arg(keyword=m.Name("strict"))  # of zip: says something to the reader, nothing to right programs


@dataclass(frozen=True, slots=True)
class Mutant:
    name: str  # "relu, line 8: `<` for `<=`", lines counted from `def`: it stays when other functions of the file grow
    source: str
    path: Path
    line: int  # of `path`


def mutants(program: ReferenceProgram) -> list[Mutant]:
    """Return the mutants of a reference in the order of its lines, each source once, none equal to the reference."""
    wrapper = MetadataWrapper(cst.parse_module(program.source))
    lines = wrapper.resolve(PositionProvider)
    found: list[Mutant] = []
    names: Counter[str] = Counter()
    seen = {program.source}
    for node in _nodes(wrapper.module):
        line = lines[node].start.line
        place = _place(program, line)
        if place is None:
            continue
        for replacement, words in changes(node):
            changed = wrapper.module.deep_replace(node, replacement)
            assert isinstance(changed, cst.Module)
            if changed.code in seen:
                continue
            seen.add(changed.code)
            name = f"{place.name}, line {line - place.first + 1}: {words}"
            names[name] += 1
            name += f" (no. {names[name]})" if names[name] > 1 else ""
            found.append(Mutant(name, changed.code, place.path, place.line + line - place.first))
    return found


def _nodes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield a node and all below it, but what is no part of the computation or could only be changed for the same."""
    yield node
    for child in node.children:
        if isinstance(child, cst.Arg) and _is_any_negative(node, child):
            yield child.value
        elif not (isinstance(child, UNTOUCHED) or m.matches(child, STRICT)):
            yield from _nodes(child)


def _is_any_negative(node: cst.CSTNode, child: cst.Arg) -> bool:
    """Tell whether `child` is the size -1 of a reshape: NumPy reads every negative size as "what is left"."""
    is_reshape = isinstance(node, cst.Call) and called(node) == "reshape"
    return is_reshape and m.matches(child, m.Arg(m.UnaryOperation(m.Minus(), m.Integer())))


def _place(program: ReferenceProgram, line: int) -> Place | None:
    return next((place for place in program.places if place.first <= line <= place.last), None)
