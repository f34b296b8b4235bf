"""A whole run as one TensorFlow graph, on Variables of its own: nothing that a learner holds is touched."""

import threading

import tensorflow as tf

from ..inputs import check_loss
from ..loss import mean_squared_error


def compile_run(model, x, y, grid, step, state):
    """Return a function (learning_rate, epochs) -> (w, b, loss, curves), arrays as in `Run`, at least one entry each.

    state: the State from which every run begins; the caller puts back what it finds now. Both arguments are tensors in
    the graph, so no value of them traces again. Raises whatever the step raises while it is traced.
    """

    @tf.function(input_signature=[tf.TensorSpec([], tf.float32), tf.TensorSpec([], tf.int32)])
    def loop(learning_rate, epochs):
        kept = [tf.TensorArray(tf.float32, epochs + 1, element_shape=shape) for shape in ([], [], [], grid.shape)]
        for epoch in tf.range(epochs):
            kept = [array.write(epoch, value) for array, value in zip(kept, now(), strict=True)]
            check_loss(step(model, x, y, learning_rate))
        kept = [array.write(epochs, value) for array, value in zip(kept, now(), strict=True)]
        return [array.stack() for array in kept]

    def now():
        return model.w, model.b, mean_squared_error(y, model(x)), model(grid)

    _prime(model, x, y, step, state)
    graph = loop.get_concrete_function()
    own = _on_variables_of_its_own(graph)
    lock = threading.Lock()

    def run(learning_rate, epochs):
        with lock:
            for variable, value in own:
                variable.assign(value)
            return [values.numpy() for values in graph(tf.constant(learning_rate, tf.float32), tf.constant(epochs))]

    return run


def _prime(model, x, y, step, state):
    """Take one step, so that an optimizer makes its Variables, and set all Variables to where a run begins."""
    made = []

    def remember(create, **options):
        variable = create(**options)
        made.append((variable, variable.numpy()))
        return variable

    state.begin()
    with tf.variable_creator_scope(remember):
        step(model, x, y, 1e-3)
    for variable, value in [*made, *state.variables()]:
        variable.assign(value)


def _on_variables_of_its_own(graph):
    """Let a traced function use copies of its Variables; return pairs of a copy and its value now."""
    own = {id(variable.handle): tf.Variable(variable) for variable in graph.graph.variables}
    held = graph.graph.external_captures
    graph.set_external_captures([own[id(part)].handle if id(part) in own else part for part in held])
    return [(variable, variable.numpy()) for variable in own.values()]
