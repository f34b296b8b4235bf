import os
import subprocess
import sys
from pathlib import Path

import pytest

from course_utils import LinearModel, make_line_data, train
from course_utils.__main__ import main


@pytest.fixture
def run(capsys):
    """A function that runs the command line here and returns (status, stdout, stderr)."""

    def called(*arguments):
        try:
            status = main(list(arguments))
        except SystemExit as left:  # argparse leaves this way
            status = left.code
        return (status, *capsys.readouterr())

    return called


def table(*, w=5.0, b=0.0, rate=0.1, epochs=10, **options):
    data = make_line_data(**options)
    history = train(LinearModel(w, b), data.x, data.y, learning_rate=rate, epochs=epochs)
    return f"{history}\n\n{history.verdict}\n"


def test_its_defaults_are_recipe_four(run):
    assert run("train") == (0, table(), "")


def test_without_a_command_it_shows_what_there_is(run):
    status, out, told = run()
    assert (status, out, told) == (2, "", run("--help")[1])


def test_every_option_reaches_the_training(run):
    options = "--learning-rate 0.3 --epochs 4 --examples 50 --noise 0.5 --spacing even --w 1 --b -4 --seed 3"
    expected = table(rate=0.3, epochs=4, examples=50, noise=0.5, spacing="even", w=1.0, b=-4.0, seed=3)
    assert run("train", *options.split()) == (0, expected, "")


def test_a_diverging_run_is_no_error(run):
    status, told, errors = run("train", "--learning-rate", "2", "--epochs", "500")
    assert (status, errors) == (0, "")
    assert told.splitlines()[-1].startswith("diverged: at epoch ")


def test_plot_writes_the_loss_curve(run, tmp_path, image):
    file = tmp_path / "loss.png"
    assert run("train", "--plot", str(file)) == (0, table(), "")
    assert image(file.read_bytes()).size == (1280, 760)


@pytest.mark.parametrize(
    "arguments, words",
    [
        ("--learning-rate 0", "learning_rate must be a finite number above 0, got 0"),
        ("--learning-rate nan", "learning_rate must be a finite number above 0, got nan"),
        ("--learning-rate fast", "--learning-rate"),
        ("--epochs -1", "epochs must be a whole number of at least 0, got -1"),
        ("--epochs 2.5", "epochs must be a whole number of at least 0, got 2.5"),
        ("--examples 0", "examples must be a whole number of at least 1, got 0"),
        ("--noise -1", "noise must be a finite number of at least 0, got -1"),
        ("--spacing odd", 'spacing must be "normal" or "even", got \'odd\''),
        ("--w inf", "w must be a finite number, got inf"),
        ("--b nan", "b must be a finite number, got nan"),
        ("--seed -1", "seed must be a whole number of at least 0, got -1"),
        (f"--learning-rate 1{'0' * 400}", "learning_rate must be a finite number above 0"),
        ("--plot nowhere/loss.png", "nowhere/loss.png"),
        ("--plot loss.strange", "strange"),
        ("--lr 0.1", "--lr"),
        ("--epochs", "--epochs"),
    ],
)
def test_bad_input_ends_in_one_line_and_status_two(run, arguments, words):
    status, told, errors = run("train", *arguments.split())
    assert (status, told) == (2, "")
    assert errors.startswith("python -m course_utils") and ": error: " in errors and words in errors
    assert errors.count("\n") == 1 and "_number" not in errors


def test_an_unknown_command_is_told_in_one_line(run):
    status, told, errors = run("test")
    assert (status, told, errors.count("\n")) == (2, "", 1)


def test_help_is_complete(run):
    status, told, _ = run("train", "--help")
    told = " ".join(told.split())
    assert status == 0
    for option in ["learning-rate", "epochs", "examples", "noise", "spacing", "w", "b", "seed", "plot"]:
        assert f"--{option} " in told
    for default in ("0.1", "10", "1000", "1.0", "normal", "5.0", "0.0", "0"):
        assert f"(default: {default})" in told


@pytest.mark.thorough
def test_tensorflow_does_not_chatter():
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    done = subprocess.run(
        [sys.executable, "-m", "course_utils", "train", "--epochs", "2"],
        cwd=Path(__file__).parent.parent,
        env=quiet,
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, table(epochs=2), "")
