"""The rows that are computed ahead."""

import time

import pytest
from busy import compute

from course_utils.playgrounds import table

KEYS = [(number,) for number in range(1, 61)]


def rows_of(row):
    """Return the keys of the rows that are sent."""
    sent = []
    filled = table.Table(KEYS, row, sent.extend, apart=lambda key, place: abs(key[0] - place))
    filled.start(lambda: 30)
    assert filled.wait(60)
    return sent


def test_the_nearest_rows_come_first():
    sent = rows_of(lambda key: key)
    assert sorted(sent) == KEYS and {key for [key] in sent[:5]} == {28, 29, 30, 31, 32}


def test_a_place_without_a_row_is_left_out():
    assert sorted(rows_of(lambda key: key if key[0] % 2 else None)) == KEYS[::2]


@pytest.mark.parametrize(
    ("spend", "seconds", "whole"), [(compute, 0.02, False), (time.sleep, 0.02, True), (compute, 0.001, True)]
)
def test_what_takes_too_much_computing_is_given_up_and_a_busy_machine_is_waited_for(spend, seconds, whole, monkeypatch):
    monkeypatch.setattr(table, "PATIENCE", 0.6)
    assert (len(rows_of(lambda key: spend(seconds) or key)) == len(KEYS)) is whole
