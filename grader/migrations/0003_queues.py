"""The table becomes the queue (grader.turns).

The code of before runs on beside this schema until it is replaced: what it inserts gets the defaults of the database, and
`enqueued_at`, which it reads and writes, stays as a column that the models no longer know. A later version drops it.
"""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("grader", "0002_kept_answers")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="queue",
            field=models.CharField(
                choices=[("grade", "grade"), ("regrade", "regrade"), ("gpu", "gpu")],
                db_default="grade",
                default="grade",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="turn",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=Q(status="queued"), fields=["queue", "turn", "queued_at", "id"], name="submission_turns"
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=~Q(status="graded"), fields=["user", "queue", "turn"], name="submission_own_turns"
            ),
        ),
        migrations.RemoveIndex(model_name="submission", name="submission_pending"),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name="submission", name="enqueued_at")]
        ),
    ]
