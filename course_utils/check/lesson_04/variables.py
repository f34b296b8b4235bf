"""What training does to a model's Variables, and must not do."""

from ..result import Mistake

MEANS = "The loss is the mean of the squares: look again at 'Sum or mean?' in lesson 3."


def in_place(model, variables):
    """Raise Mistake unless a model still holds the Variables (w, b) that it held."""
    for name, variable in zip("wb", variables, strict=True):
        now = getattr(model, name, None)
        if now is not variable:
            what = "another Variable" if hasattr(now, "assign") else "a tensor"
            raise Mistake(
                f"{what} took the place of model.{name}. `model.{name} = …` puts something new there: of a tensor the "
                "next slope is None, and who held the old Variable does not see the new one. Change it in place, with "
                "assign_sub. Look again at 'One step downhill' in lesson 1."
            )
