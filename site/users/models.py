"""The account one logs in with. It has no name of a person: the names people see live in each space."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes accounts and finds them by log-in name, in whatever case it is typed."""

    def create_user(self, username: str, email: str = "", password: str | None = None, **extra: Any) -> User:
        """Make an account; without a password nobody can log in with it.

        Raises ValueError when the name is empty.
        """
        if not username:
            raise ValueError("An account needs a log-in name.")
        user = self.model(username=self.model.normalize_username(username), email=self.normalize_email(email), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, email: str = "", password: str | None = None, **extra: Any) -> User:
        """Make an account for technical work. It still cannot read what people write: the policy refuses it."""
        return self.create_user(username, email, password, **{**extra, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username__iexact=self.model.normalize_username(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """An account: a private log-in name, a password and, only if the person wants it, an e-mail address."""

    username = models.CharField(_("inlognaam"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    email = models.EmailField(_("e-mailadres"), blank=True)
    is_active = models.BooleanField(_("actief"), default=True)
    created_on = models.DateField(_("gemaakt op"), default=timezone.localdate, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("username"), name="users_username_any_case")]
