"""Wrong answers of which the run is seen, or that a small change of the formula gives: (exercise, words, edits)."""

STEP = "train_step(model, x, y, learning_rate)"
ASK = """        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x))
        gradients = tape.gradient(loss, model.trainable_variables)
"""
EPOCHS, APPLY = "    for _ in range(epochs):\n", "        optimizer.apply(gradients, model.trainable_variables)\n"
NO_LESS = "            best, lowest = "
BESIDE = "        loss = mean_squared_error(validation.y, model(validation.x))\n"
TRAIN = "        train_step(model, training.x, training.y, 0.1)\n"
NUMBERS = "[variable.numpy() for variable in model.trainable_variables]"
MEAN, RATE = "tf.reduce_mean(values)", "tf.constant(0.3 / (1 + epoch))"
PAIR = "zip([model.a, model.c], slopes)"
# What is seen of the run, and what a small change of the formula gives; (exercise, name, edits)
SEEN = [
    ("adam_loop", "you took RMSprop", [("Adam(", "RMSprop(")]),
    ("adam_loop", "beta_1 is 0.5, and Adam has 0.9", [("rate=0.1", "rate=0.1, beta_1=0.5")]),
    ("adam_loop", "take new ones in each step", [(EPOCHS + ASK, ASK.replace("\n    ", "\n")[4:] + EPOCHS)]),
    ("adam_loop", "applied twice to the same slopes", [(APPLY, 2 * APPLY)]),
    ("adam_loop", "`iterations` are set back", [(APPLY, f"        optimizer.iterations.assign(0)\n{APPLY}")]),
    ("adam_loop", "the learning rate is 0.3", [("rate=0.1", "rate=0.3")]),
    (
        "final_loss",
        "you took Adam",
        [("    model.fit", "    model.compile(optimizer='adam', loss='mse')\n    model.fit")],
    ),
    ("final_loss", "fit takes 32 examples at a time", [(" batch_size=len(x),", "")]),
    ("loop", "the model that is handed in ends as it began", [(STEP, STEP.replace("model", "LinearModel()"))]),
    ("step", "those of `loss = mean(square(y - (b * x + w)))`", [("model(x)", "model.w + x * model.b")]),
    ("step", "those of `loss = mean(square(y - w * x * b))`", [("model(x)", "model.w * x * model.b")]),
    ("traced_once", "makes 4 graphs of step", [("step(model", "tf.function(step)(model")]),
    ("traced_once", "`learning_rate` is missing between the brackets", [(f", {RATE}", "")]),
    ("traced_once", "no function but a tensor", [(f"step(model, x, y, {RATE})", f"step({RATE}, model, x, y)")]),
    ("traced_once", "of `rate = 0.3 / 1 + epoch`", [("0.3 / (1 + epoch)", "0.3 / 1 + epoch")]),
    ("traced_once", "each rate is divided anew", [(RATE, "tf.constant(0.3 / float(np.prod(range(1, epoch + 2))))")]),
    (
        "shuffled_batches",
        "used up after one epoch",
        [
            (
                "return examples.shuffle(len(x)).batch(batch_size)",
                "return iter(examples.shuffle(len(x)).batch(batch_size))",
            )
        ],
    ),
    ("trained", "the learning rate is 0.0001", [("rate=0.1", "rate=0.0001")]),
    ("trained", "only w is that of the trained model", [("return model", "return LinearModel(model.w, 0.0)")]),
    ("in_parts", "dw and db are swapped", [("total_w += dw", "total_b += dw"), ("total_b += db", "total_w += db")]),
    ("in_parts", "the last part is left out", [("in parts:", "in parts[:-1]:")]),
    ("in_parts", "a smaller learning rate stands where", [("/ len(parts)", "* 0.1")]),
    ("small_batches", "two epochs are made", [("range(0, len(x), size)", "[*range(0, len(x), size)] * 2")]),
    ("small_batches", "stand apart", [("slice(start, start + size)", "slice(start // size, None, len(x) // size)")]),
    (
        "keep_best",
        "the numbers are kept before the step",
        [(TRAIN, f"        now = {NUMBERS}\n{TRAIN}"), (f"lowest = {NUMBERS}", "lowest = now")],
    ),
    ("keep_best", "the loss is measured before the step", [(TRAIN + BESIDE, BESIDE + TRAIN)]),
    ("keep_best", "only b is put back", [("variable.assign(kept)", "variable.assign(kept)\n        break")]),
    ("keep_best", "it trains on after", [("    return lowest", f"{TRAIN[4:]}    return lowest")]),
    (
        "keep_best",
        "the model is the one before training",
        [
            (NO_LESS + NUMBERS + ", loss", "            lowest = loss"),
            ("best, lowest = None", f"best, lowest = {NUMBERS}"),
        ],
    ),
    ("frozen_step", "`w` and `c` move, and `b` and `a` stay", [("[model.a, model.c]", "[model.w, model.c]")]),
    (
        "frozen_step",
        "`w` and `b` become 0",
        [("    return loss", "    model.w.assign(0 * model.w)\n    model.b.assign(0 * model.b)\n    return loss")],
    ),
    ("any_step", "cut off at -1 and 1", [("* gradient)", "* tf.clip_by_value(gradient, -1.0, 1.0))")]),
    ("best_epoch", "it always gives 0", [("    return best", "        return best")]),
    ("best_epoch", "only the first `patience` losses", [("enumerate(losses)", "enumerate(losses[:patience])")]),
    (
        "steps_in_epoch",
        "a rest of one example is forgotten",
        [("-(-examples // batch_size)", "examples // batch_size + (examples % batch_size > 1)")],
    ),
    (
        "steps",
        "cut to whole ones before they are shared",
        [("examples / (batch * replicas)", "(examples // batch) / replicas")],
    ),
    ("standardise", "of `middle = median(values)`", [(MEAN, "float(np.median(values))")]),
    (
        "standardise",
        "of `scaled = values / deviation - middle`",
        [(f"(values - {MEAN}) / tf.math.reduce_std(values)", f"values / tf.math.reduce_std(values) - {MEAN}")],
    ),
    (
        "standardise_columns",
        "only the first column is there",
        [
            (
                "return (table - tf.reduce_mean(table, axis=0)) / tf.math.reduce_std(table, axis=0)",
                "return standardise(table[:, 0])",
            )
        ],
    ),
    (
        "velocity",
        "of `new = beta * (velocity - learning_rate) * slope`",
        [("beta * velocity - learning_rate * slope", "beta * (velocity - learning_rate) * slope")],
    ),
    (
        "replica_loss",
        "sum(square(y_true) - square(y_pred)) / count",
        [("tf.square(y_true - y_pred)", "tf.square(y_true) - tf.square(y_pred)")],
    ),
    ("adam_move", "of `m = mean / (1 + 0.9**count); v = square / (1 + 0.999**count)`", [("(1 - 0.9", "(1 + 0.9")]),
    ("adam_move", "nan is what the root of a number below 0 gives", [("**count", " * count")]),
    (
        "double",
        "not where a Variable holds several numbers",
        [("2 * variable", "2 * tf.reduce_mean(variable) + 0 * variable")],
    ),
]
