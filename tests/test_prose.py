"""What the lessons say: headings, links, numbers and formulas that are as they claim."""

import inspect
import re
from itertools import pairwise, takewhile
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from lessons import NAMES, NOTEBOOKS, cells, prose, tags

from course_utils import LinearModel, mean_squared_error
from course_utils.check import EXERCISES
from course_utils.teaching.notebooks import LESSONS

lessons = pytest.mark.parametrize("name", NAMES)

NUMBER = r"(?<![\w.])-?\d+(?:\.\d+)?(?!\w)"
# What names a thing and counts nothing: headings, lists, links, lessons, bugs.
NAMED = (
    r"(?s:\$\$.*?\$\$)|https?://\S+|\]\([^)]*\)|(?m:^#+ .*)|(?m:^\d+\. )|\*\*\d+ min(?:utes)?\.\*\*"
    r"|\*\*Next:.*|[Ll]essons? \d(?:(?: and| to|,) \d)*|[Bb]ug \d|Hint \d"
)
# Sections that speak of the whole lesson; exercises set numbers of their own, and checks hold their solutions.
CLOSING = ("Take with you", "Your turn", "Find the bug")
OWN = ("Exercises",)
# What follows from what is shown, and is shown nowhere itself; by the cell that says so.
DERIVED = {
    "04-205": {5: "the place of the nudge"},
    "04-207": {-2: "by the rule for a square", 2: "by the rule for a square"},
    "04-222": {-2: "the formula of the slope"},
    "04-224": {-2: "the formula of the slope"},
    "04-238": {2: "the formula of the curvature"},
    "04-43": {10: "the epochs that the slider begins with"},
    "07-42": {1: "a factor, by the formula", 2: "the height, by the formula"},
    "09-43": {0: "a place in a list", 1: "a place in a list", 10: "an address", 2222: "an address"},
}


def sections(name):
    """Return the sections of a lesson as (heading, its cells); the first begins with the title."""
    found = []
    for cell in NOTEBOOKS[name].cells:
        heading = re.match("##? (.*)", cell.source) if cell.cell_type == "markdown" else None
        if heading:
            found.append((heading[1], []))
        found[-1][1].append(cell)
    return found


def numbers(text):
    """Return all numbers in a text."""
    return {float(number) for number in re.findall(NUMBER, re.sub(r"(?<=\d)_(?=\d)", "", text))}


def said(cell):
    """Return the numbers that a cell of prose claims."""
    return numbers(re.sub(NAMED, " ", cell.source.replace("−", "-")))


def shown(codes):
    """Return the numbers that code cells hold or show."""
    outputs = [o.get("text") or o.get("data", {}).get("text/plain", "") for cell in codes for o in cell.outputs]
    return numbers("\n".join([*(cell.source for cell in codes), *outputs]))


def neighbours(section, cell):
    """Return the code cell of a section before a cell of prose, and the one after it."""
    place = section.index(cell)
    before = [other for other in section[:place] if other.cell_type == "code"][-1:]
    return before + [other for other in section[place:] if other.cell_type == "code"][:1]


@lessons
def test_headings_are_in_order(name):
    levels = [len(marks) for marks in re.findall(r"(?m)^(#+) ", prose(name))]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@lessons
def test_notes_for_instructors_stand_at_the_end_of_their_slide(name):
    for one, other in pairwise(NOTEBOOKS[name].cells):
        if one.metadata.slideshow.slide_type == "notes":
            assert other.metadata.slideshow.slide_type not in ("-", "fragment"), one.source


@lessons
def test_of_two_texts_in_a_row_one_is_folded_or_the_second_begins_something(name):
    for one, other in pairwise(NOTEBOOKS[name].cells):
        if one.cell_type == other.cell_type == "markdown" and not one.source.startswith("<details>"):
            begins = other.metadata.slideshow.slide_type != "-" or other.source.startswith(("#", "<details>"))
            assert begins, f"This comes too late:\n{other.source}"


@lessons
def test_numbers_of_the_prose_are_shown_by_the_code_beside_it(name):
    """Round counts, such as of examples, and what a closing section recalls, may have been shown before."""
    before, wrong, stale = set(), [], {cell: set(given) for cell, given in DERIVED.items() if cell[:2] == name[:2]}
    for heading, section in sections(name):
        before |= shown([cell for cell in section if cell.cell_type == "code"])
        prose = [] if heading.startswith(OWN) else [cell for cell in section if cell.cell_type == "markdown"]
        for cell in prose:
            recalled = {number for number in before if heading.startswith(CLOSING) or number >= 100}
            unknown = said(cell) - shown(neighbours(section, cell)) - recalled
            wrong += [f"{cell.id}: {number:g}" for number in unknown - set(DERIVED.get(cell.id, ()))]
            stale[cell.id] = stale.get(cell.id, set()) - unknown
    assert wrong == []
    assert {cell: given for cell, given in stale.items() if given} == {}, "no longer said, or shown beside it"


@lessons
def test_numbers_that_are_listed_are_listed_so_in_code(name):
    for _, section in sections(name):
        code = ", ".join(", ".join(re.findall(NUMBER, cell.source)) for cell in section if cell.cell_type == "code")
        for cell in section:
            listed = re.findall(r"(?:\d+, )+\d+ and \d+", cell.source) if cell.cell_type == "markdown" else []
            for several in listed:
                assert re.search(several.replace(" and ", ", ").replace(", ", r"(?:\.0)?, "), code), cell.id


@lessons
def test_numbers_of_an_exercise_are_those_of_its_check_or_of_what_is_folded_below_it(name):
    of_lesson = NOTEBOOKS[name].cells
    for number, cell in enumerate(of_lesson):
        if "exercise" in tags(cell) and of_lesson[number - 1].source.startswith("### "):
            judge = inspect.unwrap(EXERCISES[re.findall(r"check\.(\w+)\(", cell.source)[-1]])
            below = takewhile(lambda folded: {"hint", "solution"} & tags(folded), of_lesson[number + 1 :])
            known = [
                Path(inspect.getsourcefile(judge)).read_text(encoding="utf-8"),
                *(folded.source for folded in below),
            ]
            assert said(of_lesson[number - 1]) <= numbers("\n".join([cell.source, *known])), cell.id


@lessons
def test_what_is_numbered_is_numbered_from_1_on(name):
    """Exercises, bugs and the hints of one exercise; what is wrong in a bug is told below that bug."""
    exercises = re.findall(r"(?m)^### (\d) · ", prose(name))
    bugs = re.findall(r"(?m)^### Bug (\d)$", prose(name))
    told = re.findall(r"<summary>What is wrong in bug (\d)\?", prose(name))
    hints = [
        re.findall(r"<summary>Hint (\d)<", cell.source) for cell in cells(name, "markdown") if "hint" in tags(cell)
    ]
    lists = [re.findall(r"(?m)^(\d+)\. ", cell.source) for cell in cells(name, "markdown")]
    for found in (exercises, bugs, told, *hints, *lists):
        assert found == [str(number) for number in range(1, len(found) + 1)]
    assert len(told) >= len(bugs)


@lessons
def test_a_bug_and_what_is_wrong_in_it_stand_under_its_heading(name):
    under, headed = "", "### Bug 1" in prose(name)
    for cell in NOTEBOOKS[name].cells:
        under = [under, *re.findall(r"(?m)^###? (?:Bug (\d)$)?", cell.source)][-1]
        for number in re.findall(r"def bug_(\d)|What is wrong in bug (\d)", cell.source):
            assert not headed or (under and under in number), cell.id


@lessons
def test_what_is_asked_at_the_end_has_one_answer_and_its_code_before_its_words(name):
    """Words that announce "the next cell" stand before it."""
    for heading, (question, *below) in sections(name):
        if heading in ("Your turn: open", "One question alone"):
            assert ("open" if "open" in heading else "answer") in tags(below[0]), question.id
            answer = [cell for cell in below if "answer" in tags(cell)]
            codes = [cell for cell in answer if cell.cell_type == "code"]
            [words] = [cell for cell in answer if cell not in codes]
            assert answer == ([words, *codes] if "next cell" in words.source else [*codes, words]), question.id


@lessons
def test_a_section_shows_something_or_is_a_table_or_the_last(name):
    *others, (last, closing) = sections(name)
    assert last == "Take with you" and len(closing) == 1
    for _, section in others:
        assert len([cell for cell in section if not is_note(cell)]) > 1 or "|---" in section[0].source, section[0].id


@lessons
def test_exercises_stand_under_their_heading(name):
    for heading, section in sections(name):
        assert heading == "Exercises" or not any(re.search(r"(?m)^### \d ", cell.source) for cell in section), heading


@lessons
def test_an_answer_stands_below_what_asks_or_shows_something(name):
    below = [cell for cell in NOTEBOOKS[name].cells if not is_note(cell)]
    for cell, following in pairwise(below):
        explain = "Now explain" in cell.source
        if "answer" in tags(following):
            assert cell.cell_type == "code" or explain or "?" in cell.source or "answer" in tags(cell), following.id
        else:
            assert not explain, cell.id


def is_note(cell):
    """Return whether a cell is for instructors alone."""
    return cell.metadata.slideshow.slide_type == "notes"


@lessons
def test_an_answer_by_code_stands_below_a_question_of_its_own(name):
    asked = False
    for cell in NOTEBOOKS[name].cells:
        if cell.cell_type == "markdown":
            asked |= not cell.source.startswith("<details>")
        elif cell.source.startswith("# @title Answer"):
            assert asked, cell.id
            asked = False


@lessons
def test_links_to_files_resolve_and_make_sense_alone(name):
    for text, target in re.findall(r"(?<!!)\[([^\]]+)\]\(([^)]+)\)", prose(name)):
        assert text.lower() not in ("here", "this", "link", "click here")
        assert target.startswith("https://") or (LESSONS / target).exists(), target
        if target.endswith(".ipynb") and not target.startswith("https://"):
            assert NOTEBOOKS[target.removesuffix(".ipynb")].cells[0].source.startswith(f"# {text}"), target


@pytest.mark.parametrize(("name", "after"), [*pairwise(NAMES)])
def test_each_lesson_leads_to_the_next_one(name, after):
    """The last one before a new lesson may still lead nowhere."""
    led = re.findall(r"\*\*Next:\*\* \[[^\]]+\]\((\w+)\.ipynb\)", prose(name))
    assert led == [after] or (after == NAMES[-1] and "**Next:**" not in prose(name))
    assert "**Next:**" not in prose(NAMES[-1])


OF_A_LESSON = r"(\w+)`?,? (?:of|from|did in) lesson (\d)(?! to| and)"
# (lesson, what it says of another one, which one, what stands there)
SAID_OF_OTHERS = [
    ("01", "After lesson {} you will have built the training", 4, "## The loop"),
    ("01", "Come back to this slide in lesson {}.", 4, "## Find the bug"),
    ("02", "You need lesson {}: a `tf.Variable` keeps a number", 1, "## A box of numbers"),
    ("02", "lesson {} tells you how good they are", 3, "## Beat your eye"),
    ("02", "Write them on the board for lesson {}.", 3, "## Beat your eye"),
    ("02", "lesson {} shows how such data are made", 3, "## Data whose truth you know"),
    ("02", "Lesson {} trains such a model", 4, "BentModel"),
    ("03", "Not for the step, in lesson {}.", 4, "## Why too large blows up"),
    ("03", "In lesson {} the steepness of the loss decides how far each step goes", 4, "## One step downhill"),
    ("03", "Type what you wrote down in lesson {}", 2, "write your two numbers down"),
    ("03", "In lesson {} you nudged `x`", 1, "nudge"),
    ("03", "In lesson {} the tape does this for both at once", 4, "tape.gradient(loss, [model.w, model.b])"),
    ("05", "You need lesson {}: the training step and the loop", 4, "## The loop"),
    ("06", "Everything else is as in lesson {}: the model, the loss, the loop.", 4, "## The loop"),
    ("06", "In lesson {} the largest stable rate was 2/λ", 4, "2/λ"),
    ("08", "This one, which you met in lesson {}, asks the model", 4, "## Any model"),
    ("08", "In lesson {}, `start` was a second name for `w`.", 1, "`start` is a second name for the same Variable"),
    ("09", "`tf.function`, which you met in lesson {}, turns", 1, "with `@tf.function` on the line above"),
    ("09", "Sum or mean: lesson {} again.", 3, "## Sum or mean?"),
]


@pytest.mark.parametrize(("name", "says", "number", "there"), SAID_OF_OTHERS)
def test_what_is_said_of_another_lesson_stands_there(name, says, number, there):
    texts = {other[:2]: "\n".join(cell.source for cell in NOTEBOOKS[other].cells) for other in NAMES}
    assert says.format(number) in texts[name] and there in texts[f"0{number}"]


@lessons
def test_nothing_else_is_said_of_another_lesson(name):
    text = re.sub(rf"{OF_A_LESSON}|You need (?:part one, )?lessons .*", "", prose(name))
    for lesson, says, number, _ in SAID_OF_OTHERS:
        text = text.replace(says.format(number), "") if lesson == name[:2] else text
    assert re.findall(r".*[Ll]esson \d.*", text) == []


@lessons
def test_a_lesson_needs_lessons_before_it(name):
    needed = re.search(r"You need (part one, )?lessons? (\d)(?:(?: and| to) (\d))?", prose(name))
    if needed:
        first, last = int(needed[2]), int(needed[3] or needed[2])
        assert first <= last < int(name[:2]) and (not needed[1] or (first, last) == (1, 5))


@lessons
def test_numbered_lists_count_from_one(name):
    for cell in NOTEBOOKS[name].cells:
        if cell.cell_type == "markdown":
            counts = [int(number) for number in re.findall(r"(?m)^(\d+)\. ", cell.source)]
            assert counts == list(range(1, len(counts) + 1)), cell.source


@lessons
def test_what_is_said_to_be_of_another_lesson_is_most_at_home_there(name):
    """The bowl of lesson 3, the loop from lesson 4: of the lessons before, the one that speaks of it most often."""
    others = {other: prose(other).lower() for other in NAMES if other < name}
    for thing, number in re.findall(OF_A_LESSON, prose(name)):
        counts = {int(other[:2]): len(re.findall(rf"\b{thing.lower()}\b", text)) for other, text in others.items()}
        assert int(number) in counts, f"{thing}: lesson {number} is none of those before"
        assert counts[int(number)] == max(counts.values()), f"{thing} of lesson {number}: {counts}"


@lessons
def test_lessons_that_are_named_exist(name):
    for first, last in re.findall(r"[Ll]essons? (\d)(?:(?: and| to) (\d))?", prose(name)):
        assert 1 <= int(first) <= int(last or first) <= len(NAMES)


def formulas():
    """Return every equation of the lessons that stands alone, as (lesson, LaTeX)."""
    found = [(name, text) for name in NAMES for text in re.findall(r"\$\$(.+?)\$\$", prose(name), flags=re.DOTALL)]
    return [(name, equation) for name, text in found for equation in text.split(r"\qquad")]


LATEX = {
    r"\\frac\{\\partial L\}\{\\partial (\w)\}": r"slope_\1",
    r"\\frac\{([^{}]*)\}\{([^{}]*)\}": r"((\1) / (\2))",
    r"\\(?:mathrm|text)\{(\w+)\}": r" \1 ",
    r"\\lambda": " curvature ",
    r"\\cdot": "*",
    r"\\[,;]": " ",
    r"(\d) +(\w)": r"\1 * \2",
}


def python(latex):
    """Return a formula of the lessons as Python; whatever is no formula fails to compile."""
    for pattern, replacement in LATEX.items():
        latex = re.sub(pattern, replacement, latex)
    return latex.strip()


def values():
    """Return what the names in formulas mean, with other numbers at each call."""
    draw = np.random.default_rng().normal
    w, b, rate, curvature, distance = draw(size=5)
    x, y = draw(size=(2, 20)).astype(np.float32)
    model = LinearModel(w, b)
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x))
    slope_w, slope_b = (slope.numpy() for slope in tape.gradient(loss, [model.w, model.b]))
    r, f, mean = y - (model.w.numpy() * x + model.b.numpy()), model, np.mean
    return locals()


@pytest.mark.parametrize(("name", "latex"), formulas())
def test_both_sides_of_a_formula_are_equal(name, latex):
    left, right = python(latex).split("=")
    for _ in range(3):
        meant = values()
        np.testing.assert_allclose(eval(left, meant), eval(right, meant), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    ("right", "wrong"), [("= -2", "= 2"), ("+ b", "- b"), ("}", ""), ("(1 -", "(1 +"), ("(r)", "(x)")]
)
def test_a_formula_with_a_fault_is_found(right, wrong):
    faulty = [latex.replace(right, wrong, 1) for _, latex in formulas() if right in latex]
    assert faulty
    for latex in faulty:
        with pytest.raises((AssertionError, SyntaxError, ValueError, NameError)):
            test_both_sides_of_a_formula_are_equal("a lesson", latex)


@lessons
def test_every_formula_can_be_set(name):
    """Where slides and pages cannot set a formula they show its source; no formula of a lesson may end so."""
    from course_utils.teaching.prose import formula

    found = re.findall(r"\$\$(.+?)\$\$|(?<![\\$])\$([^$\n]+)\$", prose(name))
    assert all("<code>" not in formula(block or inline, "block") for block, inline in found)
    assert prose(name).count("$$") % 2 == 0


@lessons
def test_an_argument_in_the_prose_has_a_value_that_the_code_gives_it(name):
    """Where the code of a lesson or of its solutions names an argument, what is said of it must stand there."""
    text = "\n".join(
        [*re.findall(r"```python\n(.*?)```", prose(name), re.DOTALL), *(c.source for c in cells(name, "code"))]
    )
    literal = r"\b(\w+)=(-?\d[\w.]*|True|False|None|\"\w*\")"
    given = set(re.findall(literal, text))
    for cell in cells(name, "markdown"):
        for code in re.findall("`([^`\n]+)`", re.sub(r"```.*?```", "", cell.source, flags=re.DOTALL)):
            for argument, value in re.findall(literal, code):
                assert (argument, value) in given or argument not in dict(given), f"{cell.id}: {argument}={value}"


@lessons
def test_code_words_of_the_prose_are_closed(name):
    for cell in cells(name, "markdown"):
        text = re.sub(r"```.*?```", "", cell.source, flags=re.DOTALL)
        assert text.count("`") % 2 == 0 and re.sub("`.*?`", "", text).count("**") % 2 == 0, cell.id
