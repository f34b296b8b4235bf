"""The training of lesson 04 from a terminal: python -m course_utils train --help."""

import argparse
import sys

from . import LinearModel, make_line_data, plots, train


def main(arguments=None):
    """Run the command line; return its exit status: 0, or 2 for bad input, told in one line."""
    options = _parser().parse_args(arguments)
    try:
        data = make_line_data(
            examples=options.examples, noise=options.noise, spacing=options.spacing, seed=options.seed
        )
        model = LinearModel(options.w, options.b)
        history = train(model, data.x, data.y, learning_rate=options.learning_rate, epochs=options.epochs)
        if options.plot:
            plots.loss_curve(history, data).save(options.plot)
    except (ValueError, TypeError, OSError) as error:
        print(f"{_parser().prog}: error: {error}", file=sys.stderr)
        return 2
    print(f"{history}\n\n{history.verdict}")
    return 0


def _parser():
    parser = argparse.ArgumentParser(
        prog="python -m course_utils", description=__doc__.splitlines()[0], allow_abbrev=False
    )
    command = parser.add_subparsers(dest="command", required=True).add_parser(
        "train",
        help="fit a line to noisy data along y = 3x + 2 and print the epoch table",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
        allow_abbrev=False,
    )
    add = command.add_argument
    add("--learning-rate", type=float, default=0.1, help="how far each step goes along the gradient, above 0")
    add("--epochs", type=int, default=10, help="how often all examples are used, 0 or more")
    add("--examples", type=int, default=1000, help="how many points to make, 1 or more")
    add("--noise", type=float, default=1.0, help="standard deviation of the noise in y, 0 or more")
    add("--spacing", default="normal", help='"normal" draws x from N(0, 1), "even" spreads it over [-2, 2]')
    add("--w", type=float, default=5.0, help="the slope to start from")
    add("--b", type=float, default=0.0, help="the intercept to start from")
    add("--seed", type=int, default=0, help="number that fixes the random data, 0 or more")
    add("--plot", metavar="FILE.png", help="also write the loss curve to this file")
    return parser


if __name__ == "__main__":
    sys.exit(main())
