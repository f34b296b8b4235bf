"""A question to answer before the run that answers it, and what was chosen beside what happened."""

import html
import re

import ipywidgets as widgets

ANOTHER = "The question asked last is another one (“{}”). Run the cell of this question again, then this one."
NONE = "which is none of the options of the question asked last"
NAME = r"[b-z]\b"  # w and b, say, are no words; only "a" is


class Prediction:
    """A question with options, one of which is chosen for each case. Without widgets it is text, and blocks nothing.

    question: a sentence. options: possible answers, all different; they may be numbers. cases: what to answer for, one
    row each; none for one answer. rows: the radio buttons of each case.
    Raises ValueError for fewer than two options, for two that look alike, and for two cases that are the same.
    """

    def __init__(self, question, options, cases=("",)):
        self.question, self.options = question, list(options)
        cases = list(cases)
        if len(self.options) < 2:
            raise ValueError(f"options must hold at least two answers, got {options!r}")
        if len(set(map(str, self.options))) < len(self.options) or len(set(map(str, cases))) < len(cases):
            raise ValueError(f"options and cases must differ from each other, got {self.options!r} and {cases!r}")
        layout = widgets.Layout(width="auto", max_width="100%", margin="2px 24px 2px 2px")  # columns must not touch
        labels = [(str(option), option) for option in self.options]
        self.rows = {
            case: widgets.RadioButtons(
                options=labels, index=None, description=str(case) or "Your answer", layout=layout
            )
            for case in cases
        }
        title = widgets.HTML(f"<b>{html.escape(question)}</b>")
        row = widgets.Layout(flex_flow="row wrap")
        self.widget = widgets.VBox([title, widgets.HBox(list(self.rows.values()), layout=row)])

    def __repr__(self):
        about = f" [{', '.join(map(str, self.rows))}]" if list(self.rows) != [""] else ""
        return f"Predict: {self.question}{about} ({' / '.join(map(str, self.options))})"

    def _repr_mimebundle_(self, include=None, exclude=None):
        view = {"version_major": 2, "version_minor": 0, "model_id": self.widget.model_id}
        return {"text/plain": repr(self), "application/vnd.jupyter.widget-view+json": view}

    def compare(self, outcomes, because=""):
        """Return a Comparison of what was chosen and what happened.

        outcomes: one of the options, or a dict of each case to one. because: a sentence that says why. What does not
        fit is told: somebody has changed the code before, or has asked another question since.
        """
        if not isinstance(outcomes, dict):
            outcomes = dict.fromkeys(self.rows, outcomes)
        if outcomes.keys() != self.rows.keys():
            return Comparison([ANOTHER.format(self.question)])
        lines = [self._line(case, outcome) for case, outcome in outcomes.items()]
        return Comparison([*lines, because] if because else lines)

    def _place(self, outcome):
        """Return the place of an outcome among the options, or None; a number counts as what it is written like."""
        written = list(map(str, self.options))
        if str(outcome) in written:
            return written.index(str(outcome))
        return self.options.index(outcome) if outcome in self.options else None

    def _line(self, case, outcome):
        chosen, place = self.rows[case].index, self._place(outcome)
        you = "you made no prediction" if chosen is None else f"you predicted {self.options[chosen]!r}"
        if place is None:
            told = f"{outcome!r}, {NONE}"
        else:
            told = repr(self.options[place]) + ("" if chosen is None else " ✓" if chosen == place else " ✗")
        return f"{f'{case}: ' if str(case) else ''}{you}, and it was {told}."


class Comparison:
    """Predictions beside outcomes, a line each, and why."""

    def __init__(self, lines):
        self.lines = [line if re.match(NAME, line) else line[0].upper() + line[1:] for line in lines]

    def __repr__(self):
        return "\n".join(self.lines)

    def _repr_html_(self):
        lines = "<br>".join(html.escape(line) for line in self.lines)
        lines = re.sub("`(.+?)`", r"<code>\1</code>", lines)
        return f'<div style="border-left:4px solid; padding:4px 12px; max-width:60em">{lines}</div>'
