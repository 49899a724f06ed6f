import numpy as np
import pytest
import torch
from torch.nn import functional

from mlcore.numpy.attention import scaled_dot_product_attention
from tests.mlcore.parity import assert_twins_agree

NAME = "attention:scaled_dot_product_attention"
rng = np.random.default_rng(5)
q, k, v = rng.normal(size=(2, 3, 4, 5)), rng.normal(size=(2, 3, 6, 5)), rng.normal(size=(2, 3, 6, 2))
some = rng.random((2, 1, 4, 6)) < 0.5
some[..., 0] = True
none_for_one = some.copy()
none_for_one[1, 0, 2] = False
MASKS = {"padding": np.arange(6) < 4, "some": some, "nothing for one query": none_for_one}


def test_twins_agree():
    assert_twins_agree(NAME, q, k, v)


@pytest.mark.parametrize("mask", MASKS)
def test_twins_agree_under_a_mask(mask):
    assert_twins_agree(NAME, q, k, v, MASKS[mask])


def test_twins_agree_on_scores_in_the_thousands():
    assert_twins_agree(NAME, 40 * q[0], 40 * k[0], v[0])


def test_output_is_pytorchs():
    expected = functional.scaled_dot_product_attention(*map(torch.from_numpy, (q, k, v)))
    np.testing.assert_allclose(scaled_dot_product_attention(q, k, v)[0], expected.numpy(), rtol=1e-10, strict=True)


@pytest.mark.parametrize("mask", ["padding", "some"])
def test_output_under_a_mask_is_pytorchs(mask):
    allowed = np.broadcast_to(MASKS[mask], (2, 3, 4, 6)).copy()
    tensors = map(torch.from_numpy, (q, k, v))
    expected = functional.scaled_dot_product_attention(*tensors, attn_mask=torch.from_numpy(allowed))
    out, weights = scaled_dot_product_attention(q, k, v, MASKS[mask])
    np.testing.assert_allclose(out, expected.numpy(), rtol=1e-10, strict=True)
    np.testing.assert_array_equal(weights[~allowed], 0.0)
    np.testing.assert_allclose(weights.sum(axis=-1), 1.0, rtol=1e-12)


def test_a_query_that_may_attend_to_nothing_gets_zeros_and_the_others_what_they_had():
    out, weights = scaled_dot_product_attention(q, k, v, none_for_one)
    assert not out[1, :, 2].any()
    assert not weights[1, :, 2].any()
    np.testing.assert_array_equal(out[0], scaled_dot_product_attention(q, k, v, some)[0][0])


def test_hidden_keys_and_values_do_not_matter():
    changed_k, changed_v = k.copy(), v.copy()
    changed_k[..., 4:, :], changed_v[..., 4:, :] = 1e6, -1e6
    expected = scaled_dot_product_attention(q, k, v, MASKS["padding"])
    got = scaled_dot_product_attention(q, changed_k, changed_v, MASKS["padding"])
    np.testing.assert_array_equal(got[0], expected[0])
