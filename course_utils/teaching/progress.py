"""How far a class is: for each lesson a table, a line for each notebook and a column for each exercise."""

from wcwidth import wcswidth


def progress(rows):
    """Return the tables as one text. rows: (file, lesson, exercise, state), the exercises of a notebook in order."""
    lessons = dict.fromkeys(lesson for _, lesson, _, _ in rows if lesson)
    return "\n\n".join(_table(lesson, [row for row in rows if row[1] == lesson]) for lesson in lessons)


def _table(lesson, rows):
    exercises = list(dict.fromkeys(exercise for _, _, exercise, _ in rows))
    notebooks = {file: {} for file, _, _, _ in rows}
    for file, _, exercise, state in rows:
        notebooks[file][exercise] = state
    lines = [[lesson, *exercises]]
    lines += [[file, *(states[exercise] for exercise in exercises)] for file, states in notebooks.items()]
    correct = [sum(states[exercise] == "correct" for states in notebooks.values()) for exercise in exercises]
    lines.append(["correct", *(f"{count} of {len(notebooks)}" for count in correct)])
    widths = [max(map(wcswidth, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(word + " " * (width - wcswidth(word)) for word, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
