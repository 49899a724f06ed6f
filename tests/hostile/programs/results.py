"""Programs that forge, flood, delay or poison what they send back."""

from grader.sandbox import Limits, Status
from tests.hostile.attack import SLEEPY, Attack, Raises, Returns, call

BROKEN = Status.RUN_TIME_ERROR
OUTPUT = Status.OUTPUT_LIMIT_EXCEEDED
TIME = Status.TIME_LIMIT_EXCEEDED
UNHURRIED = Limits(cpu_s=2.0, wall_s=10.0, memory_mib=64, output_mib=2)  # another limit than time is to be met

# The guest code is loaded in every child, so a program can write frames as well formed as the real ones.
_FRAME = r"""
from guest.frames import Kind, pack
answer = {"value": 1.0, "error": None, "memory": False, "inputs_after": None, "unsupported": ""}
PICKLE = b"cos\nsystem\n(S'id'\ntR."
def frame(number, answer=answer): return pack(Kind.RESULT, number, answer)
"""
_ERROR = "{'type': 'E', 'message': 'm', 'trace': []}"


def forge(name: str, frames: str, expected: Status = BROKEN, detail: str = "channel") -> Attack:
    """Return a program that writes `frames` to the result channel and waits."""
    return call(name, f"{_FRAME}os.write(4, {frames}); time.sleep(3600)", expected, detail, limits=SLEEPY)


FRAMES = [
    call(
        "garbage on every descriptor",
        "for fd in range(32):\n    try: os.write(fd, b'x' * 100)\n    except OSError: pass\nreturn x",
        BROKEN,
        "channel",
    ),
    forge("answer to a later call", "frame(2)"),
    forge("answer to an earlier call", "frame(0)"),
    forge("two answers at once", "frame(1) + frame(2)"),
    forge("answer and garbage", "frame(1) + b'x'"),
    forge("answer of a wrong kind", "pack(Kind.LOADED, 1, {'status': 'ok', 'error': None})"),
    forge("answer of an unknown kind", "frame(1).replace(b'BMF1\\x05', b'BMF1\\x63')"),
    forge("answer with other magic bytes", "frame(1).replace(b'BMF1', b'BMF2')"),
    forge("answer with a verdict", "frame(1, answer | {'verdict': 'accepted'})"),
    forge("answer without a value", "frame(1, {'error': None})"),
    forge("answer that is no dictionary", "frame(1, [1.0])"),
    forge("answer with an error of a wrong form", "frame(1, answer | {'error': {'type': 1}})"),
    forge("answer with a trace of a wrong form", f"frame(1, answer | {{'error': {_ERROR} | {{'trace': [[1]]}}}})"),
    forge("answer with inputs of a wrong form", "frame(1, answer | {'inputs_after': [x]})"),
    forge("answer in pickle", "b'BMF1\\x05\\0\\0\\0\\x01\\0\\0\\0' + (len(PICKLE)).to_bytes(8, 'little') + PICKLE"),
    forge(
        "list that claims four billion parts",
        "b'BMF1\\x05\\0\\0\\0\\x01\\0\\0\\0' + (5).to_bytes(8, 'little') + b'l' + b'\\xff' * 4",
    ),
    forge(
        "string that is no text",
        "b'BMF1\\x05\\0\\0\\0\\x01\\0\\0\\0' + (6).to_bytes(8, 'little') + b's\\x01\\0\\0\\0\\xff'",
    ),
    forge("array of an unknown dtype", "frame(1, answer | {'value': np.zeros(3)}).replace(b'a\\x0b', b'a\\x7f')"),
    forge("array of objects", "frame(1, answer | {'value': np.zeros(3)}).replace(b'a\\x0b', b'aO')"),
    forge(
        "array of a hundred dimensions",
        "frame(1, answer | {'value': np.zeros(3)}).replace(b'a\\x0b\\x01', b'a\\x0b\\x64')",
    ),
    forge(
        "shape that overflows",
        "frame(1, answer | {'value': np.zeros((2, 2))}).replace(b'\\x02' + b'\\0' * 7, b'\\xff' * 8)",
    ),
    forge(
        "shape that is larger than its data",
        "frame(1, answer | {'value': np.zeros(3)}).replace(b'\\x03' + b'\\0' * 7, b'\\x09' + b'\\0' * 7)",
    ),
    forge(
        "nesting without end",
        "b'BMF1\\x05\\0\\0\\0\\x01\\0\\0\\0' + (50_000).to_bytes(8, 'little') + b'l\\x01\\0\\0\\0' * 10_000",
    ),
    forge("frame larger than all memory", "b'BMF1\\x05\\0\\0\\0\\x01\\0\\0\\0' + b'\\xff' * 8", OUTPUT, ""),
    forge(
        "frame a little too large", "b'BMF1\\x05\\0\\0\\0\\x01\\0\\0\\0' + (2**22).to_bytes(8, 'little')", OUTPUT, ""
    ),
    forge("frame cut short", "frame(1)[:-1]", TIME, ""),
    call("frame cut short by its end", _FRAME + "os.write(4, frame(1)[:-1]); os._exit(0)", BROKEN, "ended itself"),
    call(
        "one byte a second",
        _FRAME + "for byte in frame(1):\n    os.write(4, bytes([byte])); time.sleep(1)",
        TIME,
        limits=SLEEPY,
    ),
    Attack(
        "bytes before they were asked for", "import os\nos.write(4, b'BMF1')\ndef f(x): return x\n", BROKEN, "channel"
    ),
    Attack(
        "answer in place of the import",
        _FRAME + "import os, time\nos.write(4, frame(0)); time.sleep(3600)",
        BROKEN,
        "channel",
    ),
    Attack(
        "second READY",
        _FRAME + "import os, time\nos.write(4, pack(Kind.READY, 0, None)); time.sleep(3600)",
        BROKEN,
        "channel",
    ),
    Attack(
        "answer from a finaliser",
        _FRAME
        + "import os, time\nclass D:\n    def __del__(self): os.write(4, frame(1)); time.sleep(3600)\nkept = D()\n"
        "def f(x):\n    global kept\n    kept = None\n    return x\n",
        Returns(1.0),  # it answered for itself, as it may
    ),
    call(
        "answer at exit",
        _FRAME + "import atexit; atexit.register(os.write, 4, frame(1)); os._exit(3)",
        BROKEN,
        "code 3",
    ),
    call(
        "channels closed",
        "for fd in range(32):\n    try: os.close(fd)\n    except OSError: pass\nreturn x",
        BROKEN,
    ),
    call("results closed, then sleep", "os.close(4); time.sleep(3600)", BROKEN, "closed its channels"),
    call("calls closed, then sleep", "os.close(3); time.sleep(3600)", TIME, limits=SLEEPY),
    call("prints closed", "os.close(1); os.close(2); print('x')", Raises("OSError")),
    call("result channel in place of prints", "os.dup2(4, 1); print('x')", Raises("PermissionError")),
]

FLOODS = [
    call("print 1 GB", "line = 'x' * 2**16\nfor _ in range(2**14): print(line)", OUTPUT, "16 KiB"),
    call("print 1 GB to stderr", "line = 'x' * 2**16\nfor _ in range(2**14): print(line, file=sys.stderr)", OUTPUT),
    Attack("print 1 GB at import", "import os\nwhile True: os.write(2, b'x' * 2**16)", OUTPUT),
    call("print from C", "libc = ctypes.CDLL(None)\nwhile True: libc.dprintf(1, b'spam')", OUTPUT),
    call(
        "print in an endless repr",
        "class R:\n    def __repr__(self):\n        while True: print('x' * 1024)\nrepr(R())",
        OUTPUT,
    ),
    call(
        "warnings without end",
        "import warnings\nwarnings.simplefilter('always')\nwhile True: warnings.warn('x' * 1024)",
        OUTPUT,
    ),
    call("return too much", "return np.zeros(2**20 * 2 // 8 + 20000)", OUTPUT, "2 MiB"),
    call("return a million parts", "return list(range(10**6))", Raises("FrameError"), limits=UNHURRIED),
    call("return one array many times", "y = np.zeros(2**17)\nreturn [y] * 8", OUTPUT),
    call(
        "return a billion laughs",
        "v = [0]\nfor _ in range(17): v = [v, v]\nreturn v",
        Raises("FrameError"),
        limits=UNHURRIED,
    ),
    call(
        "return itself", "v = []; v.append(v); return v", Returns(unsupported="a value nested more than 32 levels deep")
    ),
    call(
        "return nesting without end",
        "v = []\nfor _ in range(900): v = [v]\nreturn v",
        Returns(unsupported="a value nested more than 32 levels deep"),
    ),
    call("return broadcast memory", "return np.broadcast_to(np.zeros(1), (2**40,))", Status.MEMORY_LIMIT_EXCEEDED),
    call(
        "return strides without end",
        "return np.lib.stride_tricks.as_strided(x, (2**30,), (0,))",
        Status.MEMORY_LIMIT_EXCEEDED,
    ),
    call("huge integer", "return 10**10**5", Raises("FrameError")),
    call("huge message", "raise ValueError('x' * 10**7)", Raises("ValueError")),
    call("huge name", "raise type('E' * 10**6, (Exception,), {})", Raises("E" * 2000)),
]

TEXTS = [
    call("escapes of a terminal", "print('\\x1b[2J\\x1b]0;title\\x07')\nreturn 1", Returns(1)),
    call("bytes that are no text", "os.write(1, bytes(range(256)))\nreturn 1", Returns(1)),
    call("surrogates", "print('\\ud800')\nreturn '\\ud800'", Returns("?")),
    call(
        "markup",
        "print('<script>alert(1)</script>')\nraise ValueError('<img src=x onerror=alert(1)>')",
        Raises("ValueError"),
    ),
]

LIES = [
    call("objects", "return np.array([None, object()])", Returns(unsupported="ndarray of dtype object")),
    call("bytes", "import pickle; return pickle.dumps(os.system)", Returns(unsupported="bytes")),
    call(
        "records",
        "return np.zeros(2, [('a', 'f8'), ('b', 'O')])",
        Returns(unsupported="ndarray of dtype [('a', '<f8'), ('b', 'O')]"),
    ),
    call(
        "__array__ that lies",
        "class A:\n    def __array__(self, *a, **k): return np.zeros(3)\nreturn A()",
        Returns(unsupported="A"),
    ),
    call(
        "__array_interface__ that points anywhere",
        "class A:\n    __array_interface__ = {'shape': (9,), 'typestr': 'f8', 'version': 3}\nreturn A()",
        Returns(unsupported="A"),
    ),
    call(
        "array without memory",
        "class A:\n    __array_interface__ = {'shape': (9,), 'typestr': '<f8', 'data': (4096, False), 'version': 3}\n"
        "return np.asarray(A())",
        BROKEN,
        "SIGSEGV",
    ),
    call(
        "array that always equals",
        "class A(np.ndarray):\n    def __eq__(self, o): return True\n    __array_priority__ = 1e9\n"
        "    def __array_ufunc__(self, *a, **k): return True\nreturn x.view(A) * 0 if False else np.zeros(3).view(A)",
        Returns([0.0, 0.0, 0.0]),
    ),
    call(
        "number that always equals",
        "class F(float):\n    def __eq__(self, o): return True\n    __hash__ = None\nreturn F(3)",
        Returns(3.0),
    ),
    call(
        "string that lies about itself",
        "class S(str):\n    def __str__(self): return 'other'\n    def encode(self, *a): return b''\nreturn S('text')",
        Returns("other"),
    ),
    call(
        "list that lies about its length",
        "class L(list):\n    def __len__(self): return 10**9\n    def __iter__(self): return iter(())\nreturn L([7])",
        Returns([7]),
    ),
    call(
        "dictionary that lies about its items",
        "class D(dict):\n    def items(self): raise KeyError\nreturn D(a=7)",
        Returns({"a": 7}),
    ),
    call(
        "__class__ that lies",
        "class C:\n    __class__ = np.ndarray\nreturn C()",
        Returns(unsupported="C of dtype object"),
    ),
    call(
        "error with a message that raises", "class E(Exception):\n    def __str__(self): os._exit(0)\nraise E", BROKEN
    ),
    call(
        "error with a message that never ends",
        "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E",
        TIME,
    ),
    call(
        "error with a message that is no plain text",
        "class S(str):\n    def __getitem__(self, k): return 5\n"
        "class E(Exception):\n    def __str__(self): return S('x')\nraise E",
        BROKEN,
    ),
    call(
        "error of a class without a name",
        "class M(type):\n    __name__ = property(lambda c: 1 / 0)\nclass E(Exception, metaclass=M): pass\nraise E",
        BROKEN,
    ),
    call(
        "error with a chain without end",
        "e = ValueError()\nfor _ in range(10**5):\n    n = ValueError(); n.__cause__ = e; e = n\nraise e",
        Raises("ValueError"),
    ),
    call("error that is an exit", "class E(SystemExit): pass\nraise E(0)", Raises("E")),
    call("error that names our own", "class FrameError(Exception): pass\nraise FrameError('x')", Raises("FrameError")),
]

PATCHES = [
    call("patched os.write", "os.write = lambda fd, data: len(data)", TIME, limits=SLEEPY),
    call(
        "patched os.write that doubles",
        "write = os.write\nos.write = lambda fd, data: write(fd, bytes(data) * 2)\nreturn x",
        BROKEN,
        "channel",
    ),
    call("patched numpy", "np.ndarray = np.array = np.asarray = None\nreturn x", Raises("TypeError")),
    call("patched encoder", "import guest.child as c; c.pack = lambda *a: b'BMF1' * 9\nreturn x", BROKEN, "channel"),
    call(
        "patched guest",
        "import guest.learner as l; l.Learner.call = lambda *a, **k: {'verdict': 'accepted'}\nreturn x",
        Returns([0.0, 1.0, 2.0]),
    ),
    call(
        "patched checks of the decoder",
        "import guest.frames as m; m.MAX_DEPTH = m.MAX_NODES = 10**9\nreturn [0] * 200_000",
        BROKEN,
        "channel",
    ),
    call(
        "patched built-ins",
        "import builtins\nbuiltins.len = builtins.isinstance = builtins.type = lambda *a: 1\nreturn x",
        BROKEN,
    ),
    call("cleared modules", "sys.modules.clear()\nreturn x", Returns([0.0, 1.0, 2.0])),
    call(
        "replaced modules",
        "for name in list(sys.modules): sys.modules[name] = None\nreturn x",
        Returns([0.0, 1.0, 2.0]),
    ),
    call("import hook", "import builtins; builtins.__import__ = None\nreturn x", Returns([0.0, 1.0, 2.0])),
    call("trace hook", "sys.settrace(lambda *a: 1 / 0)\nreturn x", Raises("ZeroDivisionError")),
    call("profile hook", "sys.setprofile(lambda *a: sys.exit(0))\nreturn x", Raises("SystemExit")),
    call("collector hook", "import gc; gc.callbacks.append(lambda *a: os._exit(0))\ngc.collect()", BROKEN),
    call("audit hook", "sys.addaudithook(lambda *a: 1 / 0)\nreturn x", Returns([0.0, 1.0, 2.0])),
    call("streams replaced", "sys.stdout = sys.stderr = None\nreturn x", Returns([0.0, 1.0, 2.0])),
    call("streams that raise", "class S:\n    def flush(self): os._exit(0)\nsys.stdout = S()\nreturn x", BROKEN),
]

RESULTS = FRAMES + FLOODS + TEXTS + LIES + PATCHES
