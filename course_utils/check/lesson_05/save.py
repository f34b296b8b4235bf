"""Weights in a file."""

import contextlib
import re
import tempfile
from pathlib import Path

from ..exercise import exercise
from ..reading import unused
from ..result import Mistake
from ..values import close, short
from .models import keras_model

FILE = 'f"{folder}/line.weights.h5"'
NEW = "    model = type(model)()\n    model(tf.ones(1))\n"
WRONG = [
    ("must end in `.weights.h5`", ("line.weights.h5", "line.h5")),
    ("must end in `.weights.h5`", (FILE, "folder")),
    ("the folder stands behind the name", (FILE, "'line.weights.h5/' + folder")),
    ("`save` writes a whole model, to", ("save_weights", "save"), ("line.weights.h5", "line")),
    ("`load_weights` reads", ("save_weights", "load_weights")),
    ("whole model", ("save_weights", "save"), ("line.weights.h5", "line.keras")),
    ("nothing is saved", (f"save_weights({FILE})", "get_weights()")),
    ("nothing is saved", (f"({FILE})", "")),
    ("beside the notebook", ("{folder}/", "")),
    ("without f before", (FILE, FILE[1:])),
    ("the word folder", (FILE, "'folder/line.weights.h5'")),
    ("a slash is missing", ("{folder}/", "{folder}")),
    ("is no file of weights", (f"model.save_weights({FILE})", f"open({FILE}, 'w').write('w')")),
    ("no file of weights in the folder", ("model.save_weights", "tf.train.Checkpoint(model=model).write")),
    ("other weights than those", ("    model.save", f"{NEW}    model.save")),
    ("it changes the model", ("    model.save", "    model.w.assign(0.0)\n    model.save")),
    ("did you mean `save_weights`", ("save_weights", "save_weight")),
    ("did you mean `model.save_weights`", ("model.save_weights", "save_weights")),
    ("no such file", ("save_weights", "load_weights")),
    ("it takes model", ("(model, folder)", "(model)"), ("{folder}/", "")),
]


@exercise("save(model, folder)", "The same class can load these weights tomorrow.", wrong=WRONG)
def save(answer, draw):
    """save(model, folder) saves the weights of the model to a file in folder that load_weights reads."""
    w, b = draw.signed(1, 5), draw.signed(1, 5)
    model = keras_model(w, b)
    with tempfile.TemporaryDirectory() as outside, contextlib.chdir(outside):  # what is not put in folder, goes with it
        folder = Path(outside, "folder-of-the-check")
        folder.mkdir()
        try:
            answer(model, str(folder))
        except Mistake as mistake:
            raise _about_the_name(mistake) from None
        weights = sorted(folder.rglob("*.weights.h5"))
        if not weights:
            raise Mistake(_where_instead(folder, "folder" in unused(answer.value)))
        numbers = model.w.numpy(), model.b.numpy()
        if not close(numbers, (w, b)):
            raise Mistake(f"it changes the model: w and b were {short([w, b])} before, and are {short(numbers)} now.")
        other = keras_model(0.0, 0.0)
        try:
            other.load_weights(weights[0])
        except Exception:
            raise Mistake(
                f"{weights[0].name} is no file of weights: Keras can't read it. `save` writes a whole model and `open` "
                "what you give it; `save_weights` writes the weights."
            ) from None
    loaded = other.w.numpy(), other.b.numpy()
    if not close(loaded, (w, b)):
        told = f"w and b were {short([w, b])}, and after loading they are {short(loaded)}"
        raise Mistake(f"other weights than those of the model are saved: {told}.")


def _about_the_name(mistake):
    """Return a Mistake that says what is wrong with the name of the file, where it can't be written for that."""
    told = str(mistake)
    told = f"{told[0].upper()}{told[1:]}"
    if "{folder}" in told.partition("Line ")[0]:
        return Mistake(
            f"the name of the folder is not put in: without f before the quotes, {{folder}} is just text. {told}"
        )
    if "load_weights" in told:
        return Mistake(f"`load_weights` reads a file; `save_weights` writes one. {told}")
    if "must end in `.weights.h5`" in told and re.search(r"filepath=[^/\\]*\.h5[/\\]", told):
        return Mistake(f"the folder stands behind the name: first the folder, then a slash, then the name. {told}")
    if re.search(r"must end in `.weights.h5`.*folder-of-the-check\. ", told):
        return Mistake(f"that is the folder alone: the name belongs to the same text, `{FILE}`. {told}")
    if "unable to open" in told.lower() and "'folder/" in told:
        return Mistake(f"the word folder stands there, not the folder's name: f'{{folder}}/…' puts it in. {told}")
    return mistake


def _where_instead(folder, unread):
    """Return why there is no file of weights in folder. What was written, and where, says it.

    unread: whether the code never uses the folder that it is given.
    """
    inside = sorted(path.name for path in folder.rglob("*") if path.is_file())
    beside = sorted(path.name for path in folder.parent.rglob("*") if path.is_file() and folder not in path.parents)
    if inside:
        whole = "that is the whole model. " if inside[0].endswith((".keras", ".h5")) else ""
        return (
            f"there is no file of weights in the folder. You wrote {inside[0]}; {whole}save_weights writes the weights."
        )
    if beside and beside[0].startswith(f"{folder.name}\\"):
        return "the slash between the folder and the name leans the other way: f'{folder}/…'."
    if beside and beside[0].startswith(folder.name):
        return "the file stands beside the folder: between the folder and the name a slash is missing, f'{folder}/…'."
    if beside:
        return f"the file stands beside the notebook, not in the folder: f'{{folder}}/{beside[0]}'."
    if unread:
        return "nothing is saved in the folder: your code never uses `folder`, which it is given, or sets it anew."
    return "nothing is saved in the folder. Call `model.save_weights(…)` with the folder and a name joined."
