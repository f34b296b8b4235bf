"""What keeps a processor busy."""

import time


def compute(seconds):
    """Take so many seconds of computing, however long that is by the clock."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
