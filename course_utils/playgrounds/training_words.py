"""What the training playground says."""

WORDS = "Learning rate {rate:.4g}, epoch {epoch} of {made}: w = {w:.4g}, b = {b:.4g}, loss {loss:.4g}. {verdict}"
WORDS += "{kept}{note}{missing}"
KEPT = " Kept, dotted: learning rate {rate:.4g}, {made} epochs, loss {loss:.4g}."


class Story:
    """Says of each run how it went.

    view: the TrainingView. limit: the largest learning rate that holds, or None. multiple: how many times the step of
    gradient descent each step is, or None. steepest: the curvature of the bowl in its steepest direction.
    """

    def __init__(self, view, limit, multiple, steepest):
        self._view, self._limit, self._multiple, self._steepest = view, limit, multiple, steepest

    def verdicts(self, history):
        """Return what is said of a run, if it ended after 0, 1, 2, … epochs: a list of epochs + 1 texts."""
        inside = self._view.inside(history.w, history.b)
        leaves = len(inside) if inside.all() else int(inside.argmin())
        return [self._verdict(history, epochs, leaves) for epochs in range(history.epochs + 1)]

    def _verdict(self, history, epochs, leaves):
        diverged, text = history.verdicts.at(epochs)
        words = [f"{text[0].upper()}{text[1:]}."]
        if diverged and epochs:
            words.append(self._why(history.learning_rate))
            if leaves <= epochs:
                words.append(f"It leaves the picture at epoch {leaves}.")
        return " ".join(filter(None, words))

    def _why(self, learning_rate):
        if self._multiple is None:
            return "This step is not plain gradient descent, so no factor a step is known."
        factor = 1 - learning_rate * self._multiple * self._steepest
        words = f"Along the steepest direction each step multiplies the error by {factor:.3g}."
        if self._multiple < 0:
            return f"{words} The steps go uphill, with the gradient instead of against it: no learning rate holds."
        return f"{words} The largest rate that holds is {self._limit:.3g}."


def values_at(run, story, epoch):
    """Return what the template WORDS says of a Run at an epoch, but for a kept run and a note."""
    history = run.history
    state = {name: float(getattr(history, name)[epoch]) for name in ("w", "b", "loss")}
    verdict = story.verdicts(history)[-1]
    return state | {"rate": history.learning_rate, "epoch": epoch, "made": history.epochs, "verdict": verdict}
