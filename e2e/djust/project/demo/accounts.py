from django.contrib.auth.models import User


def create_accounts() -> None:
    for name in ("ada", "bob"):
        if not User.objects.filter(username=name).exists():
            User.objects.create_user(name, password="lovelace")
