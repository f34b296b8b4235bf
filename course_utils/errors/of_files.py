"""What it means that a module or a file is not there, or can't be written, in words."""

import re

OTHERS = {"torch", "pytorch", "jax", "sklearn", "pandas", "scipy", "seaborn", "tensorflow_probability"}


def _of_a_module(error, line, match):
    known = (
        "another library, which the course does not use" if match[1].partition(".")[0] in OTHERS else "not installed"
    )
    return f"`{match[1]}` is {known}. TensorFlow is here as `tf`, NumPy as `np` and Keras as `keras`"


def _of_a_file(error, line, match):
    name = re.search(r"name = '([^']*)'|: '([^']*)'$", str(error))
    name = (name[1] or name[2]).replace("\\", "/").rpartition("/")[2] if name else ""
    return f"`{name}` is a folder, and a file is meant: let it be, or take another name" if name else (
        "a folder stands where a file is meant"
    )  # fmt: skip


FILES = [
    (ModuleNotFoundError, r"No module named '([\w.]+)'", _of_a_module),
    (ImportError, r"cannot import name '(\w+)' from '([\w.]+)'", r"`\2` has nothing of the name `\1`"),
    (OSError, r"[Ii]s a directory", _of_a_file),
    (FileExistsError, "", "there is a file or a folder of this name already"),
    (PermissionError, "", "nobody may write there: put the file into the folder that is handed in"),
    ((FileNotFoundError, ValueError), r"File not found|No such file|unable to open file.*errno = 2",
     "there is no such file or folder"),
    (OSError, r"file signature not found|truncated file", "that is no file of weights"),
    (TypeError, r"expected str, bytes or os\.PathLike|Expected binary or unicode string",
     "the name of a file, text in quotes, is needed there, and something else stands there"),
    ((TypeError, AttributeError), r"'write' attribute|no attribute 'write'",
     "an open file is needed there, as `with open(…, 'w') as file:` gives, and something else stands there"),
    (TypeError, r"is not JSON serializable", "a file of JSON holds Python's own numbers: `float(…)` makes one"),
    (Exception, r"[Cc]an't (?:pickle|get local object)|cannot pickle",
     "it can't be pickled; `save_weights` writes a model's weights"),
]  # fmt: skip
