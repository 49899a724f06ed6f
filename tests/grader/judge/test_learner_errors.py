from grader.judge.learner_errors import error_dict, error_sentence
from grader.sandbox import LearnerError, TraceLine

SOURCE = "# a form feed\f and a line separator\u2028 end no line of Python\r\ndef call(x):\r    return 1 / x\n"
ERROR = LearnerError(
    "ZeroDivisionError", "division by zero", (TraceLine(3, "call", "forged"), TraceLine(99, "f", "forged"))
)


def test_lines_are_those_that_python_counts_and_their_text_is_the_sources():
    told = error_dict(ERROR, SOURCE, shown=True)
    assert [frame["text"] for frame in told["trace"]] == ["return 1 / x", ""]
    assert (told["type"], told["message"]) == ("ZeroDivisionError", "division by zero")


def test_one_sentence_says_what_where_and_why():
    assert error_sentence(ERROR, SOURCE, shown=True) == (
        "Your code raised ZeroDivisionError in line 99: division by zero"
    )
    assert error_sentence(ERROR, SOURCE, shown=False) == "Your code raised ZeroDivisionError in line 99."
    assert error_sentence(LearnerError("KeyError", ""), SOURCE, shown=True) == "Your code raised KeyError."


def test_a_long_message_is_cut():
    told = error_dict(LearnerError("ValueError", "x" * 10**6), SOURCE, shown=True)
    assert len(told["message"]) == 2000


def test_names_made_up_at_run_time_are_not_passed_on_from_hidden_cases():
    error = LearnerError("E17", "17", (TraceLine(3, "f17", ""), TraceLine(3, "call", "")))
    told = error_dict(error, SOURCE, shown=False)
    assert told["type"] == "an exception"
    assert [frame["function"] for frame in told["trace"]] == ["", "call"]
    assert error_dict(LearnerError("LinAlgError", ""), SOURCE, shown=False)["type"] == "LinAlgError"
