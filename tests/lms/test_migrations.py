"""While one version replaces another, both run on one database: a migration takes away nothing that is still in use."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

TAKES_AWAY = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)
BEFORE_THE_FIRST_RELEASE = {
    ("accounts", "0002_profile_and_token_labels"),
    ("accounts", "0003_scopes_and_devices"),
    ("courses", "0002_lesson_prerequisites"),
}


def cannot_be_left_out(field):
    """Tell whether rows of a version that does not know the column are refused: Django's own defaults are not SQL's."""
    return not (isinstance(field, models.ManyToManyField) or field.null or field.has_db_default())


def narrows(old, new):
    shorter = (new.max_length or 0) < (old.max_length or 0)
    return type(new) is not type(old) or (old.null and not new.null) or shorter


def harm(operation, models_before, made_here):
    """Say what of the version before would fail after this operation; None: nothing."""
    name = f"{operation.__class__.__name__} {getattr(operation, 'model_name', '')} {getattr(operation, 'name', '')}"
    if getattr(operation, "model_name", "").lower() in made_here:
        return None
    if isinstance(operation, TAKES_AWAY):
        return f"{name}: it may still be in use"
    if isinstance(operation, migrations.AddField) and cannot_be_left_out(operation.field):
        return f"{name}: without null=True or db_default, the version before can add no row"
    if isinstance(operation, migrations.AlterField):
        old = models_before[operation.model_name_lower].fields[operation.name]
        return f"{name}: the version before may write what does not fit" if narrows(old, operation.field) else None
    return None


def harms(migration, state):
    made_here, found = set(), []
    for operation in migration.operations:
        before = {name: model for (app, name), model in state.models.items() if app == migration.app_label}
        found.append(harm(operation, before, made_here))
        if isinstance(operation, migrations.CreateModel):
            made_here.add(operation.name_lower)
        operation.state_forwards(migration.app_label, state)
    return [each for each in found if each]


def test_no_migration_takes_away_what_the_version_before_needs():
    loader = MigrationLoader(None)
    found = {}
    for key, migration in loader.disk_migrations.items():
        folder = Path(__import__(migration.__module__, fromlist=["_"]).__file__)
        ours = folder.is_relative_to(settings.BASE_DIR) and ".venv" not in folder.parts
        if not ours or key in BEFORE_THE_FIRST_RELEASE or getattr(migration, "contracts", ""):
            continue
        if broken := harms(migration, loader.project_state(key, at_end=False)):
            found[".".join(key)] = broken
    assert found == {}, "do it in two versions, or say in `contracts` since when nobody uses it (docs/operating.md)"


BEFORE = [
    migrations.CreateModel(
        "thing", [("id", models.AutoField(primary_key=True)), ("name", models.CharField(max_length=9))]
    )
]


@pytest.mark.parametrize(
    ("operation", "is_harmful"),
    [
        (migrations.AddField("thing", "size", models.IntegerField(default=1)), True),
        (migrations.AddField("thing", "size", models.IntegerField(db_default=1)), False),
        (migrations.AddField("thing", "size", models.IntegerField(null=True)), False),
        (migrations.AddField("thing", "others", models.ManyToManyField("thing")), False),
        (migrations.RemoveField("thing", "name"), True),
        (migrations.RenameField("thing", "name", "title"), True),
        (migrations.DeleteModel("thing"), True),
        (migrations.AlterField("thing", "name", models.CharField(max_length=8)), True),
        (migrations.AlterField("thing", "name", models.TextField()), True),
        (migrations.AlterField("thing", "name", models.CharField(max_length=10, null=True)), False),
        (migrations.AddIndex("thing", models.Index(fields=["name"], name="by_name")), False),
    ],
)
def test_what_harms_is_told_from_what_does_not(operation, is_harmful):
    first, second = migrations.Migration("first", "things"), migrations.Migration("second", "things")
    first.operations, second.operations = BEFORE, [operation]
    state = first.mutate_state(migrations.state.ProjectState())
    assert bool(harms(second, state)) is is_harmful
