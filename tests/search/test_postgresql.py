"""All tests of search once more, on PostgreSQL: both databases find the same."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from tests.system.postgresql import postgresql


@pytest.fixture
def database_url():
    folder = Path(tempfile.mkdtemp(prefix="baremath-search-"))  # not tmp_path: the database's user cannot enter that
    folder.chmod(0o755)
    with postgresql(folder) as url:
        yield url
    shutil.rmtree(folder)


@pytest.mark.system
def test_the_same_is_found_on_postgresql(database_url):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/search", "-m", "not system"]
    environment = os.environ | {"DATABASE_URL": database_url}
    ran = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-4000:]
