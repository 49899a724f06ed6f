"""The engine for scalars against PyTorch's: the same expressions, built from either."""

import math

import pytest
import torch

from mlcore.numpy.autograd import Value


def used_again(a, b, c):
    d = a * b - c
    e = d * d + a
    return e * d + e / d + c * e


EXPRESSIONS = {
    "every operator": lambda a, b, c: a * b + c / a - b / 3 + 2 * a - (1 - c) / 4 + 5 / b + -a,
    "functions": lambda a, b, c: (a * b).tanh() + (c / 3).exp() * a.relu() + (b - 4).relu(),
    "powers": lambda a, b, c: a**3 + b**-2 * c**0.5 + (a * b) ** 2,
    "values used again": used_again,
    "the same on both sides": lambda a, b, c: a * a + (b - b) * a + c / c + (a + a) * b,
}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_data_and_gradients_are_pytorchs(name):
    numbers = (1.3, -0.7, 2.1)
    values = [Value(number) for number in numbers]
    tensors = [torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in numbers]
    got, want = EXPRESSIONS[name](*values), EXPRESSIONS[name](*tensors)
    got.backward()
    want.backward()
    assert got.data == pytest.approx(want.item(), rel=1e-12)
    assert [value.grad for value in values] == pytest.approx([tensor.grad.item() for tensor in tensors], rel=1e-12)


def test_a_value_that_is_not_used_has_a_gradient_of_0():
    a, b = Value(1.5), Value(2.0)
    (a * 2).backward()
    assert (a.grad, b.grad) == (2, 0)


def test_gradients_accumulate():
    a, b = Value(2), Value(3)
    product, total = a * b, a + 4 * b
    product.backward()
    total.backward()
    assert (a.grad, b.grad) == (3 + 1, 2 + 4)
    total.backward()
    assert (a.grad, b.grad, total.grad) == (5, 10, 2)


def test_the_slope_of_relu_at_0_is_0():
    a = Value(0)
    a.relu().backward()
    assert a.grad == 0


def test_tanh_is_flat_far_out():
    a = Value(-400)
    out = a.tanh()
    out.backward()
    assert (out.data, a.grad) == (-1, 0)


def test_a_chain_may_be_deeper_than_pythons_stack():
    a = result = Value(1.0)
    for _ in range(20_000):
        result = result * 1.0001
    result.backward()
    assert a.grad == pytest.approx(1.0001**20_000)


def test_each_value_is_gone_through_once():
    """There are 2^200 paths from the end to the beginning."""
    a = result = Value(1.0)
    for _ in range(200):
        result = (result + result) / 2
    result.backward()
    assert a.grad == 1


def test_integers_become_floats():
    a = Value(3)
    assert isinstance(a.data, float)
    assert (1 / a).data == 1 / 3
    assert math.isclose((a**-1).data, 1 / 3)
