"""The lectures in a browser without a network: every slide fits 1280 × 720 and is readable from the back row."""

import pytest
from servers import ROOT, left_file

from course_utils.teaching.notebooks import read, slide_type

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
lessons = pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
WIDTH, HEIGHT, EDGE = 1280, 720, 12  # pixels; nothing comes closer to the lower and right edge than EDGE
SMALLEST_TEXT, SMALLEST_PICTURE = 18, 0.85  # pixels of code and prose; share of a picture's height in the notebook

MEASURE = """([right, bottom, type, share]) => {
    const slide = Reveal.getCurrentSlide(), {h, v} = Reveal.getIndices()
    const zoom = parseFloat(getComputedStyle(slide.querySelector('.page')).zoom)
    const seen = [...slide.querySelectorAll('.page *')].map(e => [e, e.getBoundingClientRect()])
    const faults = []
    for (const [e, box] of seen) {
        const what = `${h + 1}.${v + 1} ${e.tagName} ${e.textContent.slice(0, 30)}`
        if (getComputedStyle(e).display == 'contents' || e.ownerSVGElement || e.closest('[hidden]')) continue
        if (!e.closest('math') && box.width * box.height == 0 && e.tagName != 'SPAN') faults.push(`${what}: not shown`)
        if (box.right > right || box.bottom > bottom) faults.push(`${what}: ends at ${box.right}, ${box.bottom}`)
        const drawn = parseFloat(getComputedStyle(e).fontSize) * zoom
        if (['P', 'LI', 'PRE', 'TD'].includes(e.tagName) && drawn < type - 0.1) faults.push(`${what}: type of ${drawn}`)
        if (e.tagName == 'IMG' && box.height / e.getAttribute('height') < share)
            faults.push(`${what}: a small picture, ${box.height} high`)
    }
    return {faults, shown: seen.length}
}"""
LIMITS = [WIDTH - EDGE, HEIGHT - EDGE, SMALLEST_TEXT, SMALLEST_PICTURE]


def opened(page, lecture):
    page.goto(lecture.as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")


def walk(page):
    """Yield at each slide, from the first to the last, as the key N goes through them."""
    yield
    where = "Object.values(Reveal.getIndices()).slice(0, 2)"
    while not page.evaluate("Reveal.isLastSlide()"):
        before = page.evaluate(where)
        page.keyboard.press("n")
        if page.evaluate(where) != before:  # or else a fragment was shown
            yield


@lessons
def test_every_slide_fits_and_is_readable(page, lectures, lesson, record_property):
    opened(page, lectures[lesson.stem])
    measured = [page.evaluate(MEASURE, LIMITS) for _ in walk(page)]
    record_property("slides", len(measured))
    assert len(measured) == page.evaluate("Reveal.getTotalSlides()") > 20
    assert all(slide["shown"] for slide in measured), "a slide is empty"
    assert [fault for slide in measured for fault in slide["faults"]] == []
    assert page.faults == []
    assert left_file(page) == []


@lessons
def test_pictures_of_the_lesson_are_on_the_slides_with_their_words(page, lectures, lesson):
    opened(page, lectures[lesson.stem])
    page.wait_for_function("!document.querySelector('.playground > img')")
    script = "pictures => pictures.map(e => e.alt ?? e.closest('.course-screen').querySelector('.words').textContent)"
    alts = page.eval_on_selector_all("img, .views[role=img]", script)
    outputs = [
        output for cell in read(lesson).cells if slide_type(cell) != "skip" for output in cell.get("outputs", [])
    ]
    assert len(alts) == sum("image/png" in output.get("data", {}) for output in outputs) > 0
    assert all(len(alt.split()) > 5 for alt in alts)


def test_the_key_s_opens_the_speaker_notes(page, lectures):
    opened(page, lectures[LESSONS[-1].stem])
    note = page.evaluate("document.querySelector('aside.notes').innerText")
    assert "Ask:" in note and "For instructors" not in note
    while not page.evaluate("Reveal.getCurrentSlide().querySelector('aside.notes')"):
        page.keyboard.press("n")
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    popup.value.wait_for_function("document.body.innerText.includes('Ask:')")
