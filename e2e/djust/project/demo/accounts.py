from django.contrib.auth.models import User


def create_accounts() -> None:
    if not User.objects.filter(username="ada").exists():
        User.objects.create_user("ada", password="lovelace")
