"""What can go wrong in one place of a program: for a node of its syntax, the nodes that a mistake would put there.

Each change comes with its words, as they stand in [[survivors]] of a task.toml: "`<` for `<=`".
"""

from collections.abc import Callable, Iterator

import libcst as cst
import libcst.matchers as m

Change = tuple[cst.CSTNode, str]
Changes = Iterator[Change]

BINARY: dict[type[cst.BaseBinaryOp], cst.BaseBinaryOp] = {
    cst.Add: cst.Subtract(),
    cst.Subtract: cst.Add(),
    cst.Multiply: cst.Divide(),
    cst.Divide: cst.Multiply(),
    cst.FloorDivide: cst.Divide(),
    cst.Modulo: cst.FloorDivide(),
    cst.Power: cst.Multiply(),
    cst.MatrixMultiply: cst.Multiply(),
    cst.BitAnd: cst.BitOr(),
    cst.BitOr: cst.BitAnd(),
}
COMPARISONS: dict[type[cst.BaseCompOp], tuple[cst.BaseCompOp, ...]] = {
    cst.LessThan: (cst.LessThanEqual(), cst.GreaterThan()),
    cst.LessThanEqual: (cst.LessThan(), cst.GreaterThanEqual()),
    cst.GreaterThan: (cst.GreaterThanEqual(), cst.LessThan()),
    cst.GreaterThanEqual: (cst.GreaterThan(), cst.LessThanEqual()),
    cst.Equal: (cst.NotEqual(),),
    cst.NotEqual: (cst.Equal(),),
    cst.Is: (cst.IsNot(),),
    cst.IsNot: (cst.Is(),),
    cst.In: (cst.NotIn(),),
    cst.NotIn: (cst.In(),),
}
AUGMENTED: dict[type[cst.BaseAugOp], cst.BaseAugOp] = {
    cst.AddAssign: cst.SubtractAssign(),
    cst.SubtractAssign: cst.AddAssign(),
    cst.MultiplyAssign: cst.DivideAssign(),
    cst.DivideAssign: cst.MultiplyAssign(),
}
NAMESAKES = [
    ("min", "max"),
    ("minimum", "maximum"),
    ("argmin", "argmax"),
    ("mean", "sum"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("any", "all"),
    ("var", "std"),
    ("floor", "ceil"),
]
OTHER_NAME = dict(NAMESAKES) | {right: left for left, right in NAMESAKES}
COMMUTATIVE = {
    *("minimum", "maximum", "min", "max", "add", "multiply", "hypot", "logaddexp"),
    *("logical_and", "logical_or", "equal", "not_equal", "array_equal"),
}
UNWRAPPED = {"abs", "absolute", "sqrt", "exp", "log", "log1p", "expm1", "tanh", "square", "sum", "relu"}


def changes(node: cst.CSTNode) -> Changes:
    """Yield what a mistake would put in place of `node`."""
    for kind, change in OPERATORS:
        if isinstance(node, kind):
            yield from change(node)


def code(node: cst.CSTNode) -> str:
    """Return the source of a node in one line."""
    return " ".join(cst.Module([]).code_for_node(node).split())


def called(node: cst.Call) -> str:
    """Return the last name of what is called: "sum" for np.sum and for x.sum."""
    func = node.func.attr if isinstance(node.func, cst.Attribute) else node.func
    return func.value if isinstance(func, cst.Name) else ""


def _binary(node: cst.BinaryOperation) -> Changes:
    operator = node.operator
    if type(operator) in BINARY:
        other = BINARY[type(operator)]
        yield _enclosed(node.with_changes(operator=other)), _for(operator, other)
    if isinstance(operator, cst.Add | cst.Subtract | cst.Multiply | cst.Divide):
        yield _enclosed(node.left), f"without `{_sign(operator)} {_short(node.right)}`"
    if isinstance(operator, cst.Add | cst.Multiply):
        yield _enclosed(node.right), f"without `{_short(node.left)} {_sign(operator)}`"


def _comparison(node: cst.Comparison) -> Changes:
    for position, target in enumerate(node.comparisons):
        for other in COMPARISONS[type(target.operator)]:
            comparisons = list(node.comparisons)
            comparisons[position] = target.with_changes(operator=other)
            yield node.with_changes(comparisons=comparisons), _for(target.operator, other)


def _boolean(node: cst.BooleanOperation) -> Changes:
    other = cst.Or() if isinstance(node.operator, cst.And) else cst.And()
    yield _enclosed(node.with_changes(operator=other)), _for(node.operator, other)


def _unary(node: cst.UnaryOperation) -> Changes:
    if isinstance(node.operator, cst.Minus | cst.Not | cst.BitInvert):
        yield _enclosed(node.expression), f"`{_short(node.expression)}` for `{_short(node)}`"


def _integer(node: cst.Integer) -> Changes:
    value = node.evaluated_value
    for other in (value + 1, value - 1):
        yield _number(other), f"`{other}` for `{node.value}`"


def _float(node: cst.Float) -> Changes:
    value = node.evaluated_value
    for other in dict.fromkeys((value * 2, value * 0.5) if value else (1.0,)):
        yield _number(other), f"`{other}` for `{node.value}`"
    if value == 1.0:
        yield _number(0.0), f"`0.0` for `{node.value}`"


def _name(node: cst.Name) -> Changes:
    other = {"True": "False", "False": "True"}.get(node.value)
    if other:
        yield node.with_changes(value=other), f"`{other}` for `{node.value}`"


def _attribute(node: cst.Attribute) -> Changes:
    if node.attr.value == "T":
        yield node.value, f"`{_short(node.value)}` for `{_short(node)}`"


def _call(node: cst.Call) -> Changes:
    yield from _renamed(node)
    yield from _unwrapped(node)
    yield from _without_axis(node)
    positional = [arg for arg in node.args if arg.keyword is None and not arg.star]
    if called(node) not in COMMUTATIVE:
        for position in range(len(positional) - 1):
            if (called(node), position) != ("swapaxes", 1):
                yield _swapped(node, position)
    if called(node) == "range" and not isinstance(positional[-1].value, cst.Integer):
        yield from _shorter_range(node, positional)


def _renamed(node: cst.Call) -> Changes:
    other = OTHER_NAME.get(called(node))
    if other and isinstance(node.func, cst.Attribute):
        yield node.with_changes(func=node.func.with_changes(attr=cst.Name(other))), f"`{other}` for `{called(node)}`"
    elif other:
        yield node.with_changes(func=cst.Name(other)), f"`{other}` for `{called(node)}`"


def _unwrapped(node: cst.Call) -> Changes:
    """For f(x): x, where that has x's type; for x.copy(): x."""
    if called(node) in UNWRAPPED and len(node.args) == 1 and node.args[0].keyword is None:
        inner = node.args[0].value
        yield _enclosed(inner), f"`{_short(inner)}` for `{_short(node)}`"
    if called(node) == "copy" and isinstance(node.func, cst.Attribute) and not node.args:
        yield node.func.value, f"`{_short(node.func.value)}` for `{_short(node)}`"


def _without_axis(node: cst.Call) -> Changes:
    for arg in node.args:
        if arg.keyword is not None and arg.keyword.value == "axis":
            args = [other for other in node.args if other is not arg]
            args[-1:] = [last.with_changes(comma=cst.MaybeSentinel.DEFAULT) for last in args[-1:]]
            yield node.with_changes(args=args), f"without `axis={_short(arg.value)}`"


def _swapped(node: cst.Call, position: int) -> Change:
    args = list(node.args)
    left, right = args[position], args[position + 1]
    args[position] = left.with_changes(value=right.value)
    args[position + 1] = right.with_changes(value=left.value)
    old, new = (
        f"{_short(one)}, {_short(other)}" for one, other in ((left.value, right.value), (right.value, left.value))
    )
    return node.with_changes(args=args), f"`{new}` for `{old}`"


def _shorter_range(node: cst.Call, positional: list[cst.Arg]) -> Changes:
    end = positional[-1]
    less = _off_by_one(end.value, cst.Subtract())
    args = [arg.with_changes(value=less) if arg is end else arg for arg in node.args]
    yield node.with_changes(args=args), f"`{_short(less)}` for `{_short(end.value)}`"


def _slice(node: cst.Slice) -> Changes:
    old = _short(node)
    if not isinstance(node.lower, cst.Integer):
        lower = _off_by_one(node.lower, cst.Add()) if node.lower else cst.Integer("1")
        later = node.with_changes(lower=lower)
        yield later, f"`{_short(later)}` for `{old}`"
    if not isinstance(node.upper, cst.Integer):
        upper = (
            _off_by_one(node.upper, cst.Subtract()) if node.upper else cst.UnaryOperation(cst.Minus(), cst.Integer("1"))
        )
        shorter = node.with_changes(upper=upper)
        yield shorter, f"`{_short(shorter)}` for `{old}`"
    if node.step:
        whole = node.with_changes(step=None, second_colon=cst.MaybeSentinel.DEFAULT)
        yield whole, f"`{_short(whole)}` for `{old}`"


def _augmented(node: cst.AugAssign) -> Changes:
    if type(node.operator) in AUGMENTED:
        other = AUGMENTED[type(node.operator)]
        yield node.with_changes(operator=other), _for(node.operator, other)
    yield cst.Assign([cst.AssignTarget(node.target)], node.value), f"`=` for `{_sign(node.operator)}`"
    yield cst.Pass(), f"without `{_short(node)}`"


def _assign(node: cst.Assign) -> Changes:
    """Drop what changes a name or a part of an array; that arguments become arrays is no learner's mistake."""
    target = node.targets[0].target
    changes_itself = isinstance(target, cst.Name) and bool(m.findall(node.value, m.Name(target.value)))
    if (changes_itself and not _is_conversion(node.value)) or isinstance(target, cst.Subscript | cst.Attribute):
        yield cst.Pass(), f"without `{_short(node)}`"


def _is_conversion(value: cst.BaseExpression) -> bool:
    return isinstance(value, cst.Call) and called(value) in {"asarray", "as_tensor", "float", "int"}


def _expression_statement(node: cst.Expr) -> Changes:
    if isinstance(node.value, cst.Call):
        yield cst.Pass(), f"without `{_short(node)}`"


def _jump(node: cst.Continue | cst.Break) -> Changes:
    yield cst.Pass(), f"without `{_short(node)}`"


def _condition(node: cst.If | cst.IfExp) -> Changes:
    """Turn a condition round that no other change touches."""
    if isinstance(node.test, cst.Name | cst.Call | cst.Attribute):
        negated = cst.UnaryOperation(cst.Not(), node.test)
        yield node.with_changes(test=negated), f"`{_short(negated)}` for `{_short(node.test)}`"


OPERATORS: list[tuple[type[cst.CSTNode] | tuple[type[cst.CSTNode], ...], Callable[..., Changes]]] = [
    (cst.BinaryOperation, _binary),
    (cst.Comparison, _comparison),
    (cst.BooleanOperation, _boolean),
    (cst.UnaryOperation, _unary),
    (cst.Integer, _integer),
    (cst.Float, _float),
    (cst.Name, _name),
    (cst.Attribute, _attribute),
    (cst.Call, _call),
    (cst.Slice, _slice),
    (cst.AugAssign, _augmented),
    (cst.Assign, _assign),
    (cst.Expr, _expression_statement),
    ((cst.Continue, cst.Break), _jump),
    ((cst.If, cst.IfExp), _condition),
]


def _number(value: float) -> cst.BaseExpression:
    number = cst.Integer(str(abs(value))) if isinstance(value, int) else cst.Float(repr(abs(value)))
    return number if value >= 0 else _enclosed(cst.UnaryOperation(cst.Minus(), number))


def _off_by_one(node: cst.BaseExpression, operator: cst.BaseBinaryOp) -> cst.BaseExpression:
    return cst.BinaryOperation(_enclosed(node), operator, cst.Integer("1"))


def _enclosed(node: cst.BaseExpression) -> cst.BaseExpression:
    """Return `node` in parentheses where its surroundings could tear it apart."""
    if node.lpar or isinstance(node, cst.Name | cst.Call | cst.Attribute | cst.Subscript | cst.BaseNumber):
        return node
    return node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def _for(old: cst.CSTNode, new: cst.CSTNode) -> str:
    return f"`{_sign(new)}` for `{_sign(old)}`"


def _sign(operator: cst.CSTNode) -> str:
    return code(operator).strip()


def _short(node: cst.CSTNode, most: int = 48) -> str:
    text = code(node)
    return text if len(text) <= most else f"{text[: most // 2 - 1]}…{text[-most // 2 + 2 :]}"
