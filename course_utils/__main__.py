"""The course from a terminal: the training of lesson 04, and what instructors run. python -m course_utils --help."""

import argparse
import sys

from . import LinearModel, make_line_data, plots, train
from .inputs import finite_number
from .teaching.commands import add_commands


def main(arguments=None):
    """Run the command line; return its exit status: 0, or 2 for bad input, told in one line, and for none at all."""
    options = _parser().parse_args(arguments)
    if options.command is None:
        _parser().print_help(sys.stderr)
        return 2
    try:
        options.run(options)
    except (ValueError, TypeError, OSError, MemoryError) as error:
        names_file = isinstance(error, OSError) and error.filename
        told = f"{error.filename}: {error.strerror}" if names_file else error
        print(f"{_parser().prog}: error: {told}", file=sys.stderr)
        return 2
    return 0


def run_train(options):
    """Train as the options say, and print the epoch table."""
    data = make_line_data(examples=options.examples, noise=options.noise, spacing=options.spacing, seed=options.seed)
    model = LinearModel(finite_number("w", options.w), finite_number("b", options.b))
    history = train(model, data.x, data.y, learning_rate=options.learning_rate, epochs=options.epochs)
    if "plot" in options:
        plots.loss_curve(history, data).save(options.plot)
    print(f"{history}\n\n{history.verdict}")


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        self.exit(2, f"{self.prog}: error: {message}\n")  # one line: --help has the rest


def number(text):
    """Return text as an int where it is one, else as a float, so that the course's own checks can judge it."""
    try:
        return int(text)
    except ValueError:
        return float(text)


def _parser():
    parser = _Parser(prog="python -m course_utils", description=__doc__.split(". ")[0], allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_train(commands)
    add_commands(commands)
    return parser


def _add_train(commands):
    command = commands.add_parser(
        "train",
        help="fit a line to noisy data along y = 3x + 2 and print the epoch table",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
        allow_abbrev=False,
    )
    command.set_defaults(run=run_train)
    add = command.add_argument
    add("--learning-rate", type=number, default=0.1, help="how far each step goes along the gradient, above 0")
    add("--epochs", type=number, default=10, help="how often all examples are used, 0 or more")
    add("--examples", type=number, default=1000, help="how many points to make, 1 or more")
    add("--noise", type=number, default=1.0, help="standard deviation of the noise in y, 0 or more")
    add("--spacing", default="normal", help='"normal" draws x from N(0, 1), "even" spreads it over [-2, 2]')
    add("--w", type=number, default=5.0, help="the slope to start from")
    add("--b", type=number, default=0.0, help="the intercept to start from")
    add("--seed", type=number, default=0, help="number that fixes the random data, 0 or more")
    add("--plot", metavar="FILE.png", default=argparse.SUPPRESS, help="also write the loss curve to this file")


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may lack a letter of a file's name
    sys.exit(main())
