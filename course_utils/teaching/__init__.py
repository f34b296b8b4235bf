"""What instructors run from a terminal: hand-outs and what comes back, slides and pages. No lesson imports it."""
