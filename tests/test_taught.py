"""Taught first, then imported: a helper names the lesson and the section that build it, and is built there."""

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from lessons import NAMES, NOTEBOOKS

import course_utils

PACKAGE = Path(course_utils.__file__).parent
CLAIM = re.compile(r"Built in lesson (\d\d), '([^']+)'(?:, (as (\w+)|by hand))?\.")
DEFINITION = (ast.FunctionDef, ast.ClassDef)


class Claim(NamedTuple):
    """What the docstring of a helper says: where it is built, how, and under which name there."""

    helper: str
    lesson: str
    heading: str
    way: str
    name: str


def claims():
    """Return every Claim of the package, in whichever room."""
    found = []
    for room in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(room.read_text(encoding="utf-8"))):
            if isinstance(node, DEFINITION):
                for lesson, heading, way, name in CLAIM.findall(ast.get_docstring(node) or ""):
                    found.append(Claim(node.name, lesson, heading, way, name or node.name))
    return found


def section(lesson, heading):
    """Return the source of the code cells between a heading and the next one of its level or above."""
    [notebook] = [NOTEBOOKS[name] for name in NAMES if name.startswith(f"{lesson}_")]
    found, level = [], 0
    for cell in notebook.cells:
        if cell.cell_type == "code":
            found += [cell.source] if level else []
            continue
        for marks, words in re.findall(r"(?m)^(#+) (.+)$", cell.source):
            if words == heading:
                assert not level, f"two sections of lesson {lesson} are called {heading!r}"
                level = len(marks)
            elif level and len(marks) <= level:
                return found
    assert level, f"lesson {lesson} has no section {heading!r}"
    return found


def definitions(sources):
    """Return the names of the functions and classes that cells define."""
    trees = [ast.parse(re.sub(r"(?m)^(\s*)[%!].*$", r"\1pass", source)) for source in sources]
    return {node.name for tree in trees for node in tree.body if isinstance(node, DEFINITION)}


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.helper)
def test_a_helper_is_built_in_the_section_that_it_names(claim):
    sources = section(claim.lesson, claim.heading)
    if claim.way == "by hand":
        assert re.search(rf"\b{claim.name}\(", "\n".join(sources)), "the section does not show what it has built"
    else:
        assert claim.name in definitions(sources)


def test_what_a_lesson_builds_says_so():
    """Or that an earlier one does: what a lesson has built, later ones may write again."""
    claimed = {(claim.lesson, claim.name) for claim in claims()}
    for name in NAMES:
        sources = [cell.source for cell in NOTEBOOKS[name].cells if cell.cell_type == "code"]
        for built in definitions(sources) & set(course_utils.__all__):
            lessons = {lesson for lesson, one in claimed if one == built}
            assert min(lessons, default="none") <= name[:2], f"the docstring of {built} does not say who builds it"
    assert {claim.helper for claim in claims()} >= {"make_line_data", "LinearModel", "mean_squared_error", "train"}


def test_a_claim_is_not_overlooked_for_its_spelling():
    for room in PACKAGE.rglob("*.py"):
        text = room.read_text(encoding="utf-8")
        assert len(re.findall("Built in", text)) == len(CLAIM.findall(text)), f"see {room.name}"
