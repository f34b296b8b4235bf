"""Slides: each lesson as a reveal.js lecture that needs no network. The key S opens the speaker notes."""

from .document import document, title_of
from .from_npm import bring
from .layout import stacks
from .notebooks import find, read, targets, write
from .screens import parts, revive

ENDING = ".slides.html"
REVEAL = "reveal.js@5.2.1"
REVEAL_FILES = ["dist/reset.css", "dist/reveal.css", "dist/reveal.js", "plugin/notes/notes.js", "LICENSE"]
START = """<script src="reveal.js/dist/reveal.js"></script>
<script src="reveal.js/plugin/notes/notes.js"></script>
<script>
// Draw a slide as large as it has room for: its playground, or else its text; a picture takes the room that is left.
function grow() {
  const page = Reveal.getCurrentSlide()?.querySelector(".page"), screen = page?.querySelector(".course-screen")
  if (!page || page.querySelector(".playground") && !screen) return
  const room = screen ? screen.parentElement : page, boxes = [...room.querySelectorAll("*")]
  const inside = (box, ends) => box.right <= ends.right + 1 && box.bottom <= ends.bottom - (screen ? 0 : 14)
  const fits = () => boxes.every(e => inside(e.getBoundingClientRect(), room.getBoundingClientRect()))
  for (let size = screen ? 40 : page.querySelector("img") ? 20 : 28; size >= 16; size--) {
    screen ? screen.style.setProperty("--zoom", size / 20) : page.style.setProperty("--grow", size / 20)
    if (fits()) break
  }
}
Reveal.on("ready", grow)
Reveal.on("slidechanged", grow)
addEventListener("drawn", grow)
Reveal.initialize({width: 1280, height: 720, margin: 0, center: false, hash: true, transition: "none",
  slideNumber: "h.v", controls: false, plugins: [RevealNotes]});
</script>"""


def lecture(notebook, name):
    """Return a notebook as slides for reveal.js, which lies beside the file. name: its title without a heading."""
    columns = stacks(notebook, ENDING)
    slides = "".join(f"<section>\n{''.join(slide.html() for slide in stack)}</section>\n" for stack in columns)
    head = "".join(f'<link rel="stylesheet" href="reveal.js/dist/{part}.css">\n' for part in ("reset", "reveal"))
    style, script = parts(slides)
    body = f'<main class="reveal"><div class="slides">\n{slides}</div></main>\n{START}\n{script}'
    return document(title_of(notebook, name), ["document", "slides"], head + style, body)


def enlarge(notebook):
    """Let a notebook draw pictures for the back row; it is changed."""
    first = next((cell for cell in notebook.cells if cell.cell_type == "code"), None)
    if first:
        first.source += "\nfrom course_utils.picture import present\n\npresent()"


def run(options):
    """Write a lecture of each lesson, and reveal.js beside them."""
    lessons = find(options.lessons)
    paths = targets(options.folder, lessons, ENDING, options.overwrite)
    bring(REVEAL, REVEAL_FILES, options.folder / "reveal.js")
    for lesson, path in zip(lessons, paths, strict=True):
        notebook = read(lesson)
        if options.large:
            enlarge(notebook)
        revive(notebook, lesson.parent, always=options.large)
        write(path, lecture(notebook, lesson.stem))
