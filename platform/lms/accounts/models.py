from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person: a learner, or an instructor (`is_staff` and a member of the group "instructors")."""
