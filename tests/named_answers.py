"""Wrong answers with slips that have no edit of their own: (exercise, words of the mistake, edits of the solution)."""

TAPE = "        with tf.GradientTape() as tape:\n            y = function(x)\n"
MOVE = "        x.assign_sub(rate * tape.gradient(y, x))\n"
NUDGE = "(function(x + {0}) - function(x)) / {0}"
ASK = """    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x))
    gradients = tape.gradient(loss, model.trainable_variables)
"""
EACH = "    for variable, gradient in zip(model.trainable_variables, gradients):\n"
BOTH = "    dw, db = tape.gradient(loss, [model.w, model.b])\n"
STEP = "    model.w.assign_sub(learning_rate * dw)\n    model.b.assign_sub(learning_rate * db)\n"
UNLESS_NONE = "        if slope is not None:\n            variable.assign_sub(learning_rate * slope)\n"
FIT = "    model.fit(x, y, epochs=epochs, batch_size=len(x), verbose=0)\n"
LOSS_AGAIN = "    with tf.GradientTape() as again:\n        other = mean_squared_error(y, model(x))\n"
APPLY = "        optimizer.apply(gradients, model.trainable_variables)\n"
SCALED = "scaled = (lengths - tf.reduce_mean(x)) / tf.math.reduce_std(x)"
COLUMN = "tf.reduce_mean(table, axis=0)", "tf.math.reduce_std(table, axis=0)"
PAIRS = "zip([model.a, model.c], slopes)"
SLOPES = "    slopes = tape.gradient(loss, [model.a, model.c])\n"
FROZEN = f"""    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x))
{SLOPES}    for variable, slope in {PAIRS}:
        variable.assign_sub(learning_rate * slope)
    return loss"""
IN_TURN = """    first = mean_squared_error(y, model(x))
    for variable in (model.a, model.c):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x))
        variable.assign_sub(learning_rate * tape.gradient(loss, variable))
    return first"""
ASKED = "        gradients = tape.gradient(loss, model.trainable_variables)\n"
CALLED = "train_step(model, x, y, learning_rate)"
KEPT = "[variable.numpy() for variable in model.trainable_variables]"
PUT_BACK = "    for variable, kept in zip(model.trainable_variables, best):\n        variable.assign(kept)\n"
OFF = "y_true - y_pred"
ONE_ROUND = """    x, y = list(x), list(y)
    for k in range(len(x) - 1):
        if x[k] > x[k + 1]:
            x[k], x[k + 1] = x[k + 1], x[k]
            y[k], y[k + 1] = y[k + 1], y[k]
"""
ROUND = "        train_step(model, training.x, training.y, 0.1)\n"
BESIDE = "mean_squared_error(validation.y, model(validation.x))"
NAMED = [
    *(("double", f"{n} was added", [("2 * variable", f"variable + {n}")]) for n in ("1", "3", "10")),
    (
        "slope",
        "the rise from 0.5 below to 0.5 above",
        [("tape.gradient(y, x)", "function(x + 0.5) - function(x - 0.5)")],
    ),
    (
        "slope",
        "it is the slope of the slope",
        [
            (
                "    with tf",
                "    with tf.GradientTape() as outer:\n        with tf.GradientTape() as tape:\n"
                "            y = function(x)\n        first = tape.gradient(y, x)\n"
                "    return outer.gradient(first, x)\n    with tf",
            ),
        ],
    ),
    (
        "descend",
        "the slope is always that of the start",
        [
            (TAPE, ""),
            (
                "    for _",
                "    with tf.GradientTape() as tape:\n        y = function(x)\n"
                "    slope = tape.gradient(y, x)\n    for _",
            ),
            ("rate * tape.gradient(y, x)", "rate * slope"),
        ],
    ),
    *(
        (
            "descend",
            f"the rise over a step of {nudge}",
            [
                (TAPE, ""),
                ("tape.gradient(y, x)", NUDGE.format(nudge)),
            ],
        )
        for nudge in (1, 0.1, 0.01)
    ),
    (
        "descend",
        "it gives back all the places",
        [
            ("    for _", "    places = [float(x)]\n    for _"),
            (MOVE, f"{MOVE}        places.append(float(x))\n"),
            ("return x", "return places"),
        ],
    ),
    *(("steepness", f"the nudge is {nudge}, and not 0.001", [("0.001", str(nudge))]) for nudge in (0.5, 0.1, 2)),
    *(("steepness_along_w", f"the nudge is {n}, and not 0.001", [("0.001", str(n))]) for n in (0.5, 0.1, 2)),
    ("count_numbers", "the sides of each shape are added", [("tf.size(variable).numpy()", "sum(variable.shape)")]),
    (
        "count_numbers",
        "only the first side of each shape",
        [
            ("tf.size(variable).numpy()", "(variable.shape[0] if len(variable.shape) else 1)"),
        ],
    ),
    (
        "count_numbers",
        "the Variables of the module inside are not",
        [
            ("model.trainable_variables", "vars(model).values() if getattr(variable, 'trainable', False)"),
        ],
    ),
    ("mse", "each target meets every prediction", [("y_true - y_pred", "y_true[:, None] - y_pred")]),
    ("residuals", "each target meets every prediction", [("y_true - y_pred", "y_true[:, None] - y_pred")]),
    (
        "any_step",
        "all slopes are divided by their length",
        [
            (EACH, f"    length = tf.linalg.global_norm(gradients)\n{EACH}"),
            ("rate * gradient", "rate * gradient / length"),
        ],
    ),
    *(
        (
            "any_step",
            f"the slopes are cut off at -{top} and {top}",
            [
                ("rate * gradient", f"rate * tf.clip_by_value(gradient, -{top}, {top})"),
            ],
        )
        for top in (0.5, 1, 5)
    ),
    ("any_step", "the step itself becomes the value", [("variable.assign_sub(", "variable.assign(-")]),
    (
        "any_step",
        "the Variables move in turn",
        [
            (
                ASK,
                "    loss = mean_squared_error(y, model(x))\n    for variable in model.trainable_variables:\n"
                "        with tf.GradientTape() as tape:\n            now = mean_squared_error(y, model(x))\n"
                "        gradient = tape.gradient(now, variable)\n",
            ),
            (EACH, ""),
        ],
    ),
    (
        "curvature_along_w",
        "along the steepest direction",
        [
            (
                "2 * tf.reduce_mean(x * x)",
                "2 * np.linalg.eigvalsh([[np.mean(x * x), np.mean(x)], [np.mean(x), 1.0]])[-1]",
            ),
        ],
    ),
    *(
        (
            "gradient",
            f"by a nudge of {nudge}, and not on paper",
            [
                (
                    "    residual",
                    f"    def at(w, b):\n        return tf.reduce_mean((y - w * x - b) ** 2)\n    nudge = {nudge}\n"
                    "    return (at(w + nudge, b) - at(w, b)) / nudge, (at(w, b + nudge) - at(w, b)) / nudge\n"
                    "    residual",
                ),
            ],
        )
        for nudge in (1, 0.1)
    ),
    ("gradient", "only the first example counts", [("    residual =", "    x, y = x[:1], y[:1]\n    residual =")]),
    ("gradient", "only the last example counts", [("    residual =", "    x, y = x[-1:], y[-1:]\n    residual =")]),
    ("in_order", "sorted as text", [("tf.argsort(x)", "sorted(range(len(x)), key=lambda k: str(float(x[k])))")]),
    (
        "in_order",
        "in one round",
        [
            ("    order = tf.argsort(x)\n", ONE_ROUND),
            ("tf.gather(x, order)", "tf.stack(x)"),
            ("tf.gather(y, order)", "tf.stack(y)"),
        ],
    ),
    ("in_parts", "the first part is left out", [("in parts:", "in parts[1:]:")]),
    ("loop", "one update too few", [("range(epochs)", "range(epochs - 1)")]),
    (
        "loop",
        "the model that is handed in ends as it began",
        [
            ("    losses = []\n", "    losses, start = [], (model.w.numpy(), model.b.numpy())\n"),
            ("    return", "    model.w.assign(start[0])\n    model.b.assign(start[1])\n    return"),
        ],
    ),
    ("step", "the step itself becomes the value", [("w.assign_sub(", "w.assign(-"), ("b.assign_sub(", "b.assign(-")]),
    (
        "step",
        "w moved before the slope of b was taken",
        [
            (
                BOTH + STEP,
                "    model.w.assign_sub(learning_rate * tape.gradient(loss, model.w))\n"
                + LOSS_AGAIN
                + "    model.b.assign_sub(learning_rate * again.gradient(other, model.b))\n",
            ),
        ],
    ),
    (
        "step",
        "b moved before the slope of w was taken",
        [
            (
                BOTH + STEP,
                "    model.b.assign_sub(learning_rate * tape.gradient(loss, model.b))\n"
                + LOSS_AGAIN
                + "    model.w.assign_sub(learning_rate * again.gradient(other, model.w))\n",
            ),
        ],
    ),
    *(
        (
            "step",
            f"{n} updates in one call",
            [
                (
                    "    with tf.GradientTape() as tape:\n        loss = mean_squared_error(y, model(x))\n"
                    + BOTH
                    + STEP,
                    f"    for _ in range({n}):\n"
                    + "".join(
                        f"    {line}\n"
                        for line in (
                            "    with tf.GradientTape() as tape:\n        loss = mean_squared_error(y, model(x))\n"
                            + BOTH
                            + STEP
                        ).splitlines()
                    ),
                ),
            ],
        )
        for n in (3, 10)
    ),
    *(("trained", f"it is trained for {n} epochs", [("epochs=20", f"epochs={n}")]) for n in (2, 15, 30, 100)),
    *(("trained", f"the learning rate is {r}", [("rate=0.1", f"rate={r}")]) for r in (0.02, 1, 2)),
    ("trained", "only b is that of the trained model", [("return model", "return LinearModel(5.0, model.b.numpy())")]),
    *(
        ("trained", f"it starts from ({w}, {b})", [("LinearModel()", f"LinearModel({w}.0, {b}.0)")])
        for w, b in ((0, 5), (3, 2), (1, 1))
    ),
    *(("adam_loop", f"the learning rate is {rate}", [("rate=0.1", f"rate={rate}")]) for rate in (0.5, 0.2, 0.02)),
    *(
        (
            "adam_loop",
            f"shrinks in each step, to {share} of it",
            [
                (APPLY, f"{APPLY}        optimizer.learning_rate = optimizer.learning_rate * {share}\n"),
            ],
        )
        for share in (0.5, 0.9, 0.99)
    ),
    (
        "final_loss",
        "that is the largest residual squared",
        [
            ("model.evaluate(x, y, verbose=0)", "float(tf.reduce_max(tf.square(y - model(x))))"),
        ],
    ),
    (
        "fit",
        "it is trained twice, by fit and by a loop of its own",
        [
            ("verbose=0)\n", "verbose=0)\n    for _ in range(epochs):\n        train_step(model, x, y, 0.1)\n"),
        ],
    ),
    (
        "small_batches",
        "examples that stand apart",
        [
            ("range(0, len(x), size)", "range(-(-len(x) // size))"),
            ("slice(start, start + size)", "slice(start, None, -(-len(x) // size))"),
        ],
    ),
    ("adam_move", "the correction of the square is squared", [("(1 - 0.999**count)", "(1 - 0.999**count) ** 2")]),
    (
        "predict_mass",
        "old and new lengths are scaled together",
        [
            (
                SCALED,
                "every = tf.concat([x, tf.reshape(lengths, [-1])], 0)\n"
                "    scaled = (lengths - tf.reduce_mean(every)) / tf.math.reduce_std(every)",
            ),
        ],
    ),
    (
        "standardise",
        "the mean distance from the mean is the divisor",
        [
            ("tf.math.reduce_std(values)", "tf.reduce_mean(tf.abs(values - tf.reduce_mean(values)))"),
        ],
    ),
    ("standardise_columns", "the mean of the first column serves both", [(COLUMN[0], "tf.reduce_mean(table[:, 0])")]),
    ("standardise_columns", "the mean of the second column serves both", [(COLUMN[0], "tf.reduce_mean(table[:, 1])")]),
    (
        "standardise_columns",
        "the deviation of the first column serves",
        [(COLUMN[1], "tf.math.reduce_std(table[:, 0])")],
    ),
    (
        "standardise_columns",
        "the deviation of the second column serves",
        [(COLUMN[1], "tf.math.reduce_std(table[:, 1])")],
    ),
    (
        "velocity",
        "that is the step of Nesterov's momentum",
        [
            (
                "return beta * velocity - learning_rate * slope",
                "new = beta * velocity - learning_rate * slope\n    return beta * new - learning_rate * slope",
            ),
        ],
    ),
    (
        "steps_in_epoch",
        "always 2 more than whole batches",
        [("-(-examples // batch_size)", "examples // batch_size + 2")],
    ),
    (
        "steps_in_epoch",
        "a batch is taken for one larger",
        [("-(-examples // batch_size)", "-(-examples // (batch_size + 1))")],
    ),
    (
        "steps_in_epoch",
        "one is added where nothing is left over",
        [
            ("-(-examples // batch_size)", "examples // batch_size + (examples % batch_size == 0)"),
        ],
    ),
    (
        "steps_in_epoch",
        "the rest is added, and not one batch for it",
        [
            ("-(-examples // batch_size)", "examples // batch_size + examples % batch_size"),
        ],
    ),
    ("best_epoch", "it always gives 0, the first epoch", [("            best = epoch\n", "            pass\n")]),
    *(
        (
            "frozen_step",
            f"{moved} move{'s' * (' and ' not in moved)}, and {stay}",
            [
                (SLOPES, SLOPES.replace("[model.a, model.c]", f"[{both}]")),
                (PAIRS, f"zip([{both}], slopes)"),
            ],
        )
        for moved, stay, both in (
            ("`w` and `a`", "`b` and `c` stay", "model.w, model.a"),
            ("`b` and `c`", "`w` and `a` stay", "model.b, model.c"),
            ("`w`, `b` and `a`", "`c` stays", "model.w, model.b, model.a"),
            ("`w`, `b` and `c`", "`a` stays", "model.w, model.b, model.c"),
        )
    ),
    (
        "frozen_step",
        "`w` and `b` move, too, by a smaller step",
        [
            (
                "    return loss",
                "    for variable, slope in zip([model.w, model.b], more):\n"
                "        variable.assign_sub(0.1 * learning_rate * slope)\n    return loss",
            ),
            (
                SLOPES,
                "    *slopes, more_w, more_b = tape.gradient(loss, [model.a, model.c, model.w, model.b])\n"
                "    more = more_w, more_b\n",
            ),
        ],
    ),
    (
        "hinges",
        "only the first hinge is there",
        [("tf.reduce_sum(a * tf.nn.relu(w * x[:, None] + b), axis=1)", "a[0] * tf.nn.relu(w[0] * x + b[0])")],
    ),
    (
        "hinges",
        "only the last hinge is there",
        [("tf.reduce_sum(a * tf.nn.relu(w * x[:, None] + b), axis=1)", "a[-1] * tf.nn.relu(w[-1] * x + b[-1])")],
    ),
    ("hinges", "below 0, a part of each line is left", [("tf.nn.relu(", "(lambda z: tf.maximum(z, 0.1 * z))(")]),
    (
        "keep_best",
        "only b is put back",
        [("        variable.assign(kept)\n", "        variable.assign(kept)\n        break\n")],
    ),
    (
        "keep_best",
        "it trains on after the best model is put back",
        [(PUT_BACK, PUT_BACK + ROUND.replace("    ", "", 1))],
    ),
    (
        "keep_best",
        "the loss on the training data is given back",
        [
            ("return lowest", "return mean_squared_error(training.y, model(training.x))"),
        ],
    ),
    (
        "keep_best",
        "x and y of the validation data are swapped",
        [
            (BESIDE, "mean_squared_error(validation.x, model(validation.y))"),
        ],
    ),
    (
        "keep_best",
        "it stops at the first loss that is no new lowest one",
        [
            (
                f"            best, lowest = {KEPT}, loss\n",
                f"            best, lowest = {KEPT}, loss\n        else:\n            break\n",
            ),
        ],
    ),
    (
        "keep_best",
        "each epoch begins again with the best model",
        [
            (
                f"            best, lowest = {KEPT}, loss\n",
                f"            best, lowest = {KEPT}, loss\n"
                + "".join(f"    {line}\n" for line in PUT_BACK.splitlines()),
            ),
        ],
    ),
    (
        "steps",
        "what is left over is added, and not one step for it",
        [
            (
                "math.ceil(examples / (batch * replicas))",
                "examples // (batch * replicas) + examples % (batch * replicas)",
            ),
        ],
    ),
    (
        "steps",
        "batches are cut to whole ones before they are shared",
        [
            ("math.ceil(examples / (batch * replicas))", "examples // batch / replicas"),
        ],
    ),
    ("momentum_gain", "it is 2·β", [("return with_momentum / without", "return 2 * beta")]),
    (
        "steepness",
        "where the curve is nearly flat",
        [("return (curve", "return round((curve"), ("/ nudge", "/ nudge, 2)")],
    ),
    ("mse", "where the numbers are large", [(OFF, f"tf.clip_by_value({OFF}, -20, 20)")]),
    ("velocity", "it is rounded to 2 decimals", [("return beta", "return round(beta"), ("* slope", "* slope, 2)")]),
    ("largest_rate", "where the numbers are large", [("2 / curvature", "max(2 / curvature, 0.1)")]),
    (
        "noise",
        "where the numbers are small",
        [("return spread", "return max(0.1, spread"), ("1)) ** 0.5", "1)) ** 0.5)")],
    ),
    (
        "best_epoch",
        "where a loss comes twice",
        [("loss < losses[best]", "loss < losses[best] or (best and loss == losses[best])")],
    ),
    ("best_epoch", "where a loss is a little lower", [("loss < losses[best]", "loss < losses[best] - 0.001")]),
    (
        "keep_best",
        "expected",
        [(f"loss = {BESIDE}", f"loss = round(float({BESIDE}), 2)"), ("return lowest", f"return {BESIDE}")],
    ),
    (
        "adam_loop",
        "the learning rate is divided by the number of the step",
        [("for _ in range(epochs):", "for k in range(epochs):\n        optimizer.learning_rate = 0.1 / (k + 1)")],
    ),
    (
        "adam_move",
        "a root of the mean is taken, too",
        [("learning_rate * fair_mean /", "learning_rate * tf.sqrt(abs(fair_mean)) /")],
    ),
    (
        "adam_move",
        "that is the Adam of Nesterov",
        [("mean / (1 - 0.9**count)\n", "0.9 * mean / (1 - 0.9**count) + 0.1 * mean\n")],
    ),
    (
        "best_epoch",
        "it counts all epochs without a new lowest loss, not those in a row",
        [
            ("    best = 0\n", "    best = waited = 0\n"),
            ("            best = epoch\n", "            best = epoch\n        elif epoch:\n            waited += 1\n"),
            ("epoch - best >= patience", "waited >= patience"),
        ],
    ),
    (
        "best_epoch",
        "it waits for so many rises in a row, though the loss is not the lowest",
        [
            ("    best = 0\n", "    best = rises = 0\n"),
            (
                "        if loss",
                "        rises = rises + 1 if epoch and loss >= losses[epoch - 1] else 0\n        if loss",
            ),
            ("epoch - best >= patience", "rises >= patience"),
        ],
    ),
    ("frozen_step", "`b` and `a` move, and `w` and `c` stay", [("[model.a, model.c]", "[model.b, model.a]")]),
    (
        "frozen_step",
        "`c` moves by a slope that knows the move of `a`",
        [(FROZEN, IN_TURN)],
    ),
    (
        "in_parts",
        "each part is divided by how many there were so far",
        [
            ("for x, y in parts", "for k, (x, y) in enumerate(parts)"),
            ("+= dw", "+= dw / (k + 1)"),
            ("+= db", "+= db / (k + 1)"),
            (" / len(parts)", ""),
        ],
    ),
    (
        "in_parts",
        "the mean so far and the next part are halved, so late parts count for more",
        [
            ("total_w += dw", "total_w = (total_w + dw) / 2"),
            ("total_b += db", "total_b = (total_b + db) / 2"),
            (" / len(parts)", ""),
        ],
    ),
    (
        "keep_best",
        "only w is put back",
        [(PUT_BACK, PUT_BACK.replace(":\n", ":\n        if variable is model.w:\n    "))],
    ),
    *(
        (
            "loop",
            f"{name} is recorded, and not the loss, but for the last entry",
            [(f"losses.append({CALLED})", f"losses.append(model.{name}.numpy())\n        {CALLED}")],
        )
        for name in "wb"
    ),
    (
        "residuals",
        "each target meets every prediction, one after the other",
        [("y_true - y_pred", "tf.reshape(y_true[:, None] - y_pred, [-1])")],
    ),
    (
        "small_batches",
        "the slopes of all batches are those of the start",
        [
            ("    for start in range(0, len(x), size):", "    slopes = []\n    for start in range(0, len(x), size):"),
            (ASKED + APPLY, f"{ASKED}        slopes.append(gradients)\n    for gradients in slopes:\n{APPLY}"),
        ],
    ),
    (
        "traced_once",
        "one step takes all rates together",
        [
            (
                "    for epoch in range(epochs):\n        step(model, x, y, tf.constant(0.3 / (1 + epoch)))",
                "    step(model, x, y, tf.constant(sum(0.3 / (1 + epoch) for epoch in range(epochs))))",
            )
        ],
    ),
    *(
        (
            call,
            "a slope is None",
            [("mean_squared_error(y, model(x))", "tf.constant(mean_squared_error(y, model(x)).numpy())"), *skips],
        )
        for call, skips in {
            "step": [(STEP, "    for variable, slope in ((model.w, dw), (model.b, db)):\n" + UNLESS_NONE)],
            "any_step": [
                ("        variable.assign_sub(learning_rate * gradient)\n", UNLESS_NONE.replace("slope", "gradient"))
            ],
            "frozen_step": [("        variable.assign_sub(learning_rate * slope)\n", UNLESS_NONE)],
            "in_parts": [(f"+= d{name}", f"+= d{name} if d{name} is not None else 0.0") for name in "wb"],
        }.items()
    ),
    (
        "slope",
        "the tape never recorded",
        [("    with tf.GradientTape() as tape:\n        y =", "    tape = tf.GradientTape()\n    y =")],
    ),
    ("traced_once", "these steps may come in any order", [("0.3 / (1 + epoch)", "0.3 / (epochs - epoch)")]),
    ("loop", "no loss is in the record", [("return losses", "return [0.0]")]),
    ("counter", "a Variable of Keras", [("tf.Variable(", "keras.Variable(")]),
    (
        "descend",
        "the loop ends early",
        [("        x.assign_sub(", "        if _ == 1:\n            break\n        x.assign_sub(")],
    ),
    ("any_step", "one number is asked for, the loss", [("mean_squared_error(y, model(x))", "tf.square(y - model(x))")]),
    (
        "any_step",
        "something new took the place of a Variable",
        [
            (
                "variable.assign_sub(learning_rate * gradient)",
                "name = next(name for name, one in vars(model).items() if one is variable)\n"
                "        setattr(model, name, tf.Variable(variable - learning_rate * gradient))",
            ),
        ],
    ),
    (
        "step",
        "the gradient is stale: it is that of the first call",
        [
            ("learning_rate):", "learning_rate, kept=[]):"),
            (BOTH, "    kept[:] = kept or tape.gradient(loss, [model.w, model.b])\n    dw, db = kept\n"),
        ],
    ),
    ("step", "nothing under the tape is computed from `b`", [("model(x)", "model.w * x")]),
    (
        "final_loss",
        "the loss is right, but the model goes on after it",
        [("return model.evaluate(x, y, verbose=0)", f"loss = model.evaluate(x, y, verbose=0)\n{FIT}    return loss")],
    ),
    ("final_loss", "the learning rate is 0.2, and was 0.1", [(FIT, f"    model.optimizer.learning_rate = 0.2\n{FIT}")]),
    ("fit", "the model is compiled without a loss", [(', loss="mse"', ""), (FIT, "")]),
    ("fit", "one for each example", [("len(x)", "1")]),
    ("fit", "steps, and you made", [(FIT, FIT.replace("len(x)", "64") + "    model.train_on_batch(x, y)\n")]),
    ("save", "the slash between the folder and the name leans", [("{folder}/line", "{folder}\\\\line")]),
    ("residuals", "its parameters are (y_pred, y_true)", [("(y_true, y_pred)", "(y_pred, y_true)")]),
    *(
        ("traced_once", words, [("    for epoch", f"    {line}\n    for epoch")])
        for words, line in (
            ("switches all graphs off", "tf.config.run_functions_eagerly(True)"),
            ("took the place of the model's Variables", "model.w = tf.Variable(model.w)"),
        )
    ),
    (
        "keep_best",
        "a model that has a third Variable",
        [("model.trainable_variables", "model.trainable_variables[:2]")],
    ),
    ("keras_line", "no slope reaches w", [("self.w * x", "tf.stop_gradient(self.w) * x")]),
    (
        "adam_loop",
        "the learning rate is a schedule",
        [("learning_rate=0.1", "keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)")],
    ),
]
