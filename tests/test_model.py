import numpy as np
import pytest
import tensorflow as tf

from course_utils import LinearModel


def test_it_starts_at_w_5_and_b_0_and_knows_its_variables():
    model = LinearModel()
    assert isinstance(model, tf.Module) and model.name == "linear_model"
    assert (float(model.w), float(model.b)) == (5.0, 0.0)
    assert [(v.name, v.shape, v.dtype) for v in (model.w, model.b)] == [
        ("w:0", (), tf.float32),
        ("b:0", (), tf.float32),
    ]
    assert {id(v) for v in model.trainable_variables} == {id(model.w), id(model.b)}


@pytest.mark.parametrize("x", [3.0, [3.0], [-1.0, 0.0, 3.0], [[0.0, 1.0], [2.0, 3.0]]])
def test_it_predicts_by_hand_what_it_predicts_for_any_shape(x):
    predicted = LinearModel(5, 0.5)(tf.constant(x))
    assert predicted.shape == np.shape(x) and predicted.dtype == tf.float32
    np.testing.assert_array_equal(predicted, 5 * np.array(x) + 0.5)


def test_it_is_saved_and_restored_by_a_checkpoint(tmp_path):
    path = tf.train.Checkpoint(model=LinearModel(1.25, -2)).write(str(tmp_path / "line"))
    restored = LinearModel()
    tf.train.Checkpoint(model=restored).read(path).assert_consumed()
    assert (float(restored.w), float(restored.b)) == (1.25, -2)
