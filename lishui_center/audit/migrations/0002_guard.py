from django.db import migrations

from lishui_center.audit.triggers import install, remove


class Migration(migrations.Migration):
    """The triggers that keep events from being changed or removed."""

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda _apps, editor: install(editor.connection),
            lambda _apps, editor: remove(editor.connection),
        )
    ]
