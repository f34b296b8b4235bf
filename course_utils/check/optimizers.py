"""Which optimisers of Keras a learner's code made, and what was asked of them."""

import contextlib
import contextvars
import functools

_RECORD = contextvars.ContextVar("record of the optimisers that are made")
OPTIONS = (
    *("beta_1", "beta_2", "momentum", "rho", "amsgrad", "weight_decay", "epsilon"),
    *("clipnorm", "clipvalue", "global_clipnorm", "use_ema"),
)


@contextlib.contextmanager
def made():
    """Yield a list to which each optimiser of Keras is added that is made in this context, or in its threads."""
    import keras

    kind = keras.optimizers.Optimizer
    begin = kind.__init__

    @functools.wraps(begin)
    def recording(optimizer, *arguments, **options):
        begin(optimizer, *arguments, **options)
        if (record := _RECORD.get(None)) is not None:
            record.append(optimizer)

    token = _RECORD.set([])
    kind.__init__ = recording
    try:
        yield _RECORD.get()
    finally:
        kind.__init__ = begin
        _RECORD.reset(token)


def unlike(optimizer, wanted):
    """Return words for what an optimiser has that the wanted one has not, or "". The learning rate does not count."""
    name = type(wanted).__name__
    if type(optimizer) is not type(wanted):
        return f"you took {type(optimizer).__name__}, and keras.optimizers.{name} is asked for"
    ours, theirs = optimizer.get_config(), wanted.get_config()
    for option in OPTIONS:
        if ours.get(option) != theirs.get(option):
            return f"{option} is {ours[option]}, and {name} has {theirs[option]}: leave it out"
    if not isinstance(ours["learning_rate"], float):
        return "the learning rate is a schedule, and changes from step to step: it stays as it is"
    return ""
