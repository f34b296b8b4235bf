"""A learner at the keyboard: predictions are chosen and compared, exercises done wrong, then right."""

import json

import pytest
from answers import wrong_answers
from lessons import exercises
from servers import PATIENCE, ROOT, Classic, asked, open_notebook, run_one

PREDICTION = [
    """
from course_utils import check
fates = check.Prediction("What will 10 epochs do?", ["crawl", "come smoothly", "blow up"], ["too small", "too large"])
fates
""",
    'fates.compare({"too small": "crawl", "too large": "blow up"}, "The rate decides.")',
]


def test_predictions_are_made_by_keyboard(kind, executed):
    page = executed("prediction.ipynb", PREDICTION)
    text = page.locator(kind.panel).first
    text.get_by_text("you made no prediction, and it was 'crawl'").wait_for()  # Run All was not held up
    answers = page.get_by_role("radio")
    answers.nth(5).wait_for()
    answers.first.focus()
    page.keyboard.press("Space")  # crawl
    if isinstance(kind, Classic):  # which drops the focus when the answer is confirmed
        asked(page)
        answers.nth(3).focus()
    else:
        for _ in range(3):
            page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # come smoothly
    chosen = "[...document.querySelectorAll('input[type=radio]')].map(one => +one.checked).join('')"
    page.wait_for_function(f"{chosen} == '100010'")
    asked(page)  # the kernel is told after the page
    run_one(page, kind, 1)
    text.get_by_text("Too small: you predicted 'crawl', and it was 'crawl' ✓.").wait_for()
    text.get_by_text("Too large: you predicted 'come smoothly', and it was 'blow up' ✗.").wait_for()
    text.get_by_text("The rate decides.").last.wait_for()
    assert page.faults == []


STUBS = {(lesson, stub): (call, name, solution) for lesson, call, name, stub, solution in exercises()}


@pytest.mark.parametrize("kind", ["jupyterlab"], indirect=True)
@pytest.mark.parametrize(
    "lesson",
    [
        pytest.param(path, id=path.stem, marks=() if path.stem[:2] in ("01", "08") else pytest.mark.thorough)
        for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
    ],
)
def test_a_lesson_is_done_wrong_then_right_by_keyboard_alone(kind, server, new_page, lesson):
    """From the first cell to the last with Shift + Enter; at each exercise a wrong answer, then the solution."""
    address, folder = server
    committed = json.loads(lesson.read_text(encoding="utf-8"))["cells"]
    (folder / lesson.name).write_bytes(lesson.read_bytes())
    page = new_page()
    open_notebook(page, kind, address, lesson.name)
    page.wait_for_timeout(1000)  # the last of its cells come into the page
    shown = page.locator(f"{kind.panel} .jp-Cell")
    assert shown.count() == len(committed)
    press = page.keyboard.press
    press("Escape")
    press("Control+Home")
    while "jp-mod-active" not in shown.first.get_attribute("class"):
        press("ArrowUp")

    def answered(index):
        """Wait for the cell to run, which may be folded; return its output."""
        page.wait_for_function(
            f"index => {kind.notebook}.content.widgets[index].model.executionCount !== null", arg=index
        )
        page.wait_for_timeout(100)
        return "\n".join(shown.nth(index).locator(".jp-OutputArea").all_inner_texts())

    def says(index, code, *words):
        """Replace the active cell's text, run it, and wait until its output has these words."""
        press("Enter")
        press("ControlOrMeta+A")
        page.keyboard.insert_text(code)
        press("Control+Enter")
        for _ in range(10 * PATIENCE):
            page.wait_for_timeout(100)
            if all(word in (output := answered(index)) for word in words):
                return
        raise AssertionError(f"{words} not in {output!r}")

    exercises = 0
    for index, cell in enumerate(committed):
        source = "".join(cell["source"])
        assert "jp-mod-active" in shown.nth(index).get_attribute("class")
        if (lesson.stem, source) in STUBS:
            name, function, solution = STUBS[lesson.stem, source]
            wrong = [pair for pair in wrong_answers(name) if pair[0] != "longer than"]
            mistake, code = wrong[exercises % len(wrong)]
            says(index, f"{code}\n\ncheck.{name}(answer)", "Not yet", mistake)
            says(index, f"{solution}\n\ncheck.{name}({function})", "Correct")
            exercises += 1
        if index + 1 < len(committed):
            press("Shift+Enter")
            if cell["cell_type"] == "code":
                answered(index)
    assert exercises >= 3
    assert [fault for fault in page.faults if "net::ERR" not in fault] == []  # the badges are somewhere else
