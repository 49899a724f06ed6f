"""Sources that are hard to read: for the parser, the compiler, and those who show the error."""

from grader.sandbox import Status
from tests.hostile.attack import Attack, Raises, Returns

SYNTAX = Status.SYNTAX_ERROR
X = Returns([0.0, 1.0, 2.0])
_F = "def f(x): return x\n"

SOURCES = [
    Attack("not Python", "def f(x:\n", SYNTAX),
    Attack("100 MB", "x = 1\n" * (100 * 2**20 // 6), SYNTAX, "bytes"),
    Attack("one byte too many", "#" * (256 * 1024 + 1), SYNTAX, "bytes"),
    Attack("as many bytes as allowed", _F + "#" * (256 * 1024 - len(_F)), X),
    Attack("NUL", "x = 1\0", SYNTAX),
    Attack("surrogate", f"x = '\ud800'\n{_F}", X),
    Attack("byte order mark", f"\ufeff{_F}", X),
    Attack("two byte order marks", f"\ufeff\ufeff{_F}", SYNTAX),
    Attack("declared encoding", f"# -*- coding: utf-7 -*-\n{_F}", X),
    Attack("declared encoding that does not exist", f"# -*- coding: hostile -*-\n{_F}", X),
    Attack("line ends of every kind", "def f(x):\r\n    y = x\r    return y\r\n", X),
    Attack("letters that look alike", "def f(x):\n    х = x * 0\n    return x\n", X),  # the second x is Cyrillic
    Attack("deep brackets", "x = " + "(" * 10_000 + ")" * 10_000, SYNTAX),
    Attack("deep lists", "x = " + "[" * 150 + "]" * 150 + f"\n{_F}", X),
    Attack("deep attribute", "x = a" + ".a" * 100_000, SYNTAX),
    Attack("deep sum", "x = " + "+".join(["1"] * 100_000), SYNTAX),
    Attack("deep negation", "x = " + "-" * 100_000 + "1", SYNTAX),
    Attack("deep indentation", "".join(" " * i + "if 1:\n" for i in range(200)) + " " * 200 + "pass", SYNTAX),
    Attack("deep blocks", "".join(" " * i + "for a in b:\n" for i in range(30)) + " " * 30 + "pass", SYNTAX),
    Attack("wide tuple", "x = (" + "1," * 20_000 + f")\n{_F}", X),
    Attack("thousands of functions", "".join(f"def g{i}(): pass\n" for i in range(5000)) + _F, X),
    Attack("constant that folds large", f"x = lambda: ('a' * 4096 * 4096 * 4096)\n{_F}", X),
    Attack("number of many digits", "x = " + "9" * 100_000, SYNTAX),
    Attack("raises at import", "1 / 0", Status.RUN_TIME_ERROR, "imported"),
    Attack("exits by a decorator", "import os\n@lambda f: os._exit(0)\ndef f(x): return x\n", Status.RUN_TIME_ERROR),
    Attack("empty", "", Raises("NameError")),
    Attack("no function", "f = 3", Raises("TypeError")),
    Attack("function with a lying signature", "def f(x): return x\nf.__signature__ = 3\n", X),
    Attack("attributes that compute", "def __getattr__(name):\n    while True: pass\n", Status.TIME_LIMIT_EXCEEDED),
    Attack("import of itself", f"import submission\n{_F}", X),
]
