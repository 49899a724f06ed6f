from pathlib import Path

import pytest

from courses.task_checks import KEYS
from tests.task_folders import TOML

TABLE = (Path(__file__).resolve().parents[2] / "docs" / "authoring.md").read_text()


@pytest.mark.parametrize("kind", KEYS)
def test_the_table_of_keys_names_every_kind_of_check_and_its_keys(kind):
    assert all(f"`{word}`" in TABLE for word in (kind, *KEYS[kind]))


def test_the_table_of_keys_names_what_every_task_has():
    keys = {line.split(" = ")[0] for line in TOML.splitlines() if " = " in line}
    assert {key for key in keys if f"`{key}`" not in TABLE} == set()
