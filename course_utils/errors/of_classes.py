"""What it means that a class is not made as a model's class is, in words."""


def _of_a_setter(error, line, match):
    return (
        f"`{match[1]}` is kept by the class that yours is made from, and can't be set: TensorFlow finds the Variables "
        "by itself. Take another name"
    )


def _of_a_name(error, line, match):
    return NOTHING if line and "super" in (line.text or "super") else ""


NOTHING = "`super().__init__()` takes nothing here: `w` and `b` are kept by `self.w = …` and `self.b = …`"
CLASSES = [
    (
        TypeError,
        r"descriptor '\w+' of 'super' object",
        "`super` is called, with brackets of its own: `super().__init__()`",
    ),
    (
        TypeError,
        r"^(?:Module|Model|Layer|object)\.__init__\(\) takes .* but \d+ were given",
        _of_a_name,
    ),
    (RuntimeError, r"super\(\): no arguments", "`super()` works only inside a method of a class, with `self` first"),
    (TypeError, r"super\(type, obj\)", "write `super().__init__()`, with nothing in `super()`"),
    (TypeError, r"expected string or bytes-like object", _of_a_name),
    (AttributeError, r"property '(\w+)' of '.*' object has no setter", _of_a_setter),
    (TypeError, r"__init__\(\) should return None", "`__init__` gives nothing back: leave `return` out"),
    (NotImplementedError, r"^$", "NotImplementedError marks a place where code is still to be written"),
]  # fmt: skip
