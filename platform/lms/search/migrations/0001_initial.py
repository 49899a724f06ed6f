"""Documents, and beside them the index of their words: FTS5 for SQLite, a tsvector with a GIN index for PostgreSQL."""

import django.db.models.deletion
from django.db import migrations, models

# `content=''`: the words alone, not the texts. Words come folded, so the tokenizer has nothing to do but split.
MAKE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search_words USING fts5("
        "title, headings, body, content='', tokenize='unicode61 remove_diacritics 0', prefix='2 3')",
    ],
    "postgresql": [
        "ALTER TABLE search_document ADD COLUMN words tsvector",
        "CREATE INDEX search_document_words ON search_document USING gin (words)",
    ],
}
UNMAKE = {
    "sqlite": ["DROP TABLE search_words"],
    "postgresql": ["ALTER TABLE search_document DROP COLUMN words"],
}


def make(_apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unmake(_apps, schema_editor):
    for statement in UNMAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("courses", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title_words", models.TextField()),
                ("heading_words", models.TextField()),
                ("body", models.TextField(help_text="As it is read, to cut passages from.")),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="courses.lesson"
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="courses.task",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("task", None)), fields=("lesson",), name="one_document_per_lesson"
                    )
                ],
            },
        ),
        migrations.RunPython(make, unmake),
    ]
