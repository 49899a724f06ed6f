from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("grader", "0003_queues"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="request_id",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
    ]
