"""Wrong answers with slips of which the exercises themselves hold no answer: (exercise, name, edits)."""

GRADIENT = "tape.gradient(y, x)"
SLOPE = {
    "it is the rise over a step of 0.01": ["(function(x + 0.01) - y) / 0.01"],
    "a rise is not divided by its step": [
        *(f"function(x + {h}) - y" for h in (0.01, 0.1, 0.5)),
        *(f"function(x + {h}) - function(x - {h})" for h in (0.01, 0.1, 0.5)),
    ],
    "only the second value is divided by the step": [
        *(f"function(x + {h}) - y / {h}" for h in (0.0001, 0.001, 0.01, 0.1)),
        *(f"function(x + {h}) - function(x - {h}) / {2 * h}" for h in (0.0001, 0.001, 0.01, 0.1)),
    ],
    **{
        f"it is the rise from {h:g} below to {h:g} above": [f"(function(x + {h}) - function(x - {h})) / {2 * h}"]
        for h in (0.1, 0.5, 1.0)
    },
}
MADE = "    x = tf.Variable(x)\n"
DOWN = f"{MADE}    with tf.GradientTape() as tape:\n        y = function(x)\n    x.assign_sub({GRADIENT})\n"

UPDATE = "        x.assign_sub(rate * tape.gradient(y, x))\n"
START = "    x = tf.Variable(start)\n"
MOMENTUM = "        by = {} * by + rate * tape.gradient(y, x)\n        x.assign_sub(by)\n"

STEP, LOSS = "train_step(model, x, y, learning_rate)", "mean_squared_error(y, model(x))"
APPEND = "losses.append"
INSIDE, AFTER = f"        {APPEND}({STEP})\n", f"    {APPEND}({LOSS})\n"
LOOP_ENDS = {
    "only the loss before the last update is there": ["losses[-2]"],
    "a running average is recorded": ["list(np.cumsum(losses) / np.arange(1, len(losses) + 1))"],
    "each entry is the sum of all so far": ["list(np.cumsum(losses))"],
    "each entry is the smallest so far": ["list(np.minimum.accumulate(losses))"],
    "losses that do not fall are left out": ["[one for k, one in enumerate(losses) if one < min([9e9, *losses[:k]])]"],
    "only the sum of all losses is there": ["sum(losses)"],
    "only the mean of all losses is there": ["sum(losses) / len(losses)"],
    "the losses are rounded": ["[round(float(loss)) for loss in losses]"],
    "only every second state is recorded": ["[*losses[:-1:2], losses[-1]]"],
}
MIXED = """    mixed = losses[:1]
    for loss in losses[1:{end}]:
        mixed.append({share} * mixed[-1] + (1 - {share}) * loss)
    return mixed + losses[{end}:]
"""
RECORDED = {
    "w is recorded, and not the loss": "float(model.w)",
    "b is recorded, and not the loss": "float(model.b)",
    "the square root of the loss is recorded, and not the loss": f"{LOSS} ** 0.5",
    "the loss divided by the number of examples is recorded, and not the loss": f"{LOSS} / len(x)",
    "a sum over the examples is recorded, and not the loss": f"{LOSS} * len(x)",
}
RATES = "learning_rate / 2**k", "learning_rate * 0.9**k", "learning_rate * 0.99**k", "learning_rate / (k + 1)"
PARTS = """        for k in range(0, len(x), {0}):
            loss = train_step(model, x[k : k + {0}], y[k : k + {0}], learning_rate)
        losses.append(loss)
"""
KEPT = "[variable.numpy() for variable in model.trainable_variables], loss\n"

HEAVY_BALL = [
    ("def answer", "kept = [0.0, 0.0]\n\n\ndef answer"),
    ("rate * dw", "rate * (dw + 0.9 * kept[0])"),
    ("rate * db", "rate * (db + 0.9 * kept[1])"),
    ("    return", "    kept[:] = dw, db\n    return"),
]

# (exercise, name of the slip, edits of the solution)
TRIED = [
    *(("slope", name, [(GRADIENT, code)]) for name, codes in SLOPE.items() for code in codes),
    ("slope", "it is the slope at 0", [("tf.Variable(x)", "tf.Variable(0.0 * x)")]),
    ("slope", "it is the slope at 1", [("tf.Variable(x)", "tf.Variable(0.0 * x + 1.0)")]),
    ("slope", "one step downhill was made before", [(MADE, DOWN)]),
    *(
        ("descend", "the rate shrinks in each round", [(UPDATE, f"{UPDATE}        rate = rate * {by}\n")])
        for by in (0.5, 0.99, 0.95)
    ),
    ("descend", "the rate shrinks in each round", [(UPDATE, f"        rate = rate * 0.9\n{UPDATE}")]),
    *(
        (
            "descend",
            "part of each step comes again in the next, as with momentum",
            [(START, f"{START}    by = 0.0\n"), (UPDATE, MOMENTUM.format(share))],
        )
        for share in (0.9, 0.5, 0.8)
    ),
    *(("loop", name, [("return losses", f"return {code}")]) for name, codes in LOOP_ENDS.items() for code in codes),
    *(
        ("loop", "a running average is recorded", [("    return losses", MIXED.format(share=share, end=end))])
        for share in (0.5, 0.9, 0.1)
        for end in ("epochs + 1", "-1")
    ),
    *(
        (
            "loop",
            name,
            [(AFTER, f"    losses.append({of})\n"), (INSIDE, f"        losses.append({of})\n        {STEP}\n")],
        )
        for name, of in RECORDED.items()
    ),
    *(
        (
            "loop",
            "the learning rate changes from epoch to epoch",
            [("for _ in", "for k in"), ("learning_rate))", f"{by}))")],
        )
        for by in RATES
    ),
    ("loop", "the learning rate is divided by the epochs", [("learning_rate))", "learning_rate / epochs))")]),
    ("loop", "the loop ends after its first round", [(INSIDE, f"{INSIDE}        return losses\n")]),
    ("loop", "a sum instead of the mean", [("learning_rate))", "learning_rate * len(x)))")]),
    ("loop", "each epoch makes an update for each batch of 32", [(INSIDE, PARTS.format(32))]),
    ("loop", "each epoch makes an update for each example", [(INSIDE, PARTS.format(1))]),
    ("loop", "only the first 32 examples are trained on", [(STEP, "train_step(model, x[:32], y[:32], learning_rate)")]),
    ("loop", "only the first example is trained on", [(STEP, "train_step(model, x[:1], y[:1], learning_rate)")]),
    ("keep_best", "the model is the one of the first epoch", [(f"lowest = {KEPT}", f"lowest = best or {KEPT}")]),
    ("keep_best", "only one epoch is made", [("range(epochs)", "range(1)")]),
    *(
        (
            "keep_best",
            "the epoch is given back, and not the loss",
            [("for _ in", "for k in"), (KEPT, f"{KEPT}            at = k + {one}\n"), ("return lowest", "return at")],
        )
        for one in (0, 1)
    ),
    ("step", "adds 0.9 times the gradient of the call before", HEAVY_BALL),
    ("step", "and it stands in a list, [ ]", [("return loss", "return [loss]")]),
    ("step", "and it gives back 2 in the shape (2,)", [("return loss", "return [loss, loss]")]),
]
