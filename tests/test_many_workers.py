"""Two processes on this machine train one line together, as two machines would; lesson 9 shows these lines, folded."""

import json
import os
import socket
import subprocess
import sys

import numpy as np
import pytest

from course_utils import LinearModel, make_line_data, train

WORKER = """
import tensorflow as tf

from course_utils import LinearModel, make_line_data

strategy = tf.distribute.MultiWorkerMirroredStrategy()
data = make_line_data()
with strategy.scope():
    model = LinearModel()


def own_examples(context):
    examples = tf.data.Dataset.from_tensor_slices((data.x, data.y))
    return examples.shard(context.num_input_pipelines, context.input_pipeline_id).batch(DIVISOR // 2)


def replica_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(y - model(x))) / DIVISOR
    return loss, *tape.gradient(loss, [model.w, model.b])


@tf.function
def step(x, y):
    loss, dw, db = [strategy.reduce("SUM", part, axis=None) for part in strategy.run(replica_step, args=(x, y))]
    model.w.assign_sub(0.1 * dw)
    model.b.assign_sub(0.1 * db)
    return loss


examples = strategy.distribute_datasets_from_function(own_examples)
losses = [float(step(x, y)) for _ in range(5) for x, y in examples]
print([strategy.num_replicas_in_sync, losses, float(model.w.numpy()), float(model.b.numpy())])
"""
PATIENCE = 90  # seconds


def free_ports(count):
    """Return ports that nobody uses now; all are held at once, so that they differ."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@pytest.mark.thorough
def test_two_workers_find_the_losses_of_one():
    addresses = [f"127.0.0.1:{port}" for port in free_ports(2)]
    code, workers = WORKER.replace("DIVISOR", "1000"), []
    try:
        for index in range(2):
            place = {"cluster": {"worker": addresses}, "task": {"type": "worker", "index": index}}
            settings = os.environ | {
                "TF_CONFIG": json.dumps(place),
                "CUDA_VISIBLE_DEVICES": "-1",
                "GRPC_VERBOSITY": "NONE",
            }
            pipes = dict(stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
            workers.append(subprocess.Popen([sys.executable, "-c", code], env=settings, **pipes))
        told = [worker.communicate(timeout=PATIENCE) for worker in workers]
    finally:
        for worker in workers:
            worker.kill()
    assert [worker.returncode for worker in workers] == [0, 0], told
    alone = train(LinearModel(), *(getattr(make_line_data(), name) for name in "xy"), learning_rate=0.1, epochs=5)
    for output, _ in told:
        replicas, losses, w, b = json.loads(output)
        assert replicas == 2
        np.testing.assert_allclose(losses, alone.loss[:5], rtol=1e-6)
        np.testing.assert_allclose([w, b], [alone.w[5], alone.b[5]], rtol=1e-5)
