"""Templates of words, filled in here as `screen.js` fills them in."""

import math
import string


class _Formatter(string.Formatter):
    def format_field(self, value, spec):
        if spec and not math.isfinite(value):
            return "not finite"
        text = format(value, spec)
        return text.replace("-", "") if spec and float(text) == 0 else text


def fill(template, values):
    """Fill in {name}, {name:.4g} and {name:.2f} from a dict; never a bare nan, inf or −0."""
    return _Formatter().vformat(template, (), values).strip()
