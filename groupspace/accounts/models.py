"""What log-in keeps: sessions, the second factor, recovery codes, one-time links, wrong tries, personal settings."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device


class Session(AbstractBaseSession):
    """One browser that is logged in. Beside the data of the session it holds what its owner sees in the list."""

    #: Named in addresses; the session key itself opens the session and is shown nowhere. Not unique: a session that
    #: gets a new key has two rows for a moment.
    public_id = models.UUIDField(default=uuid.uuid4, db_index=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    last_seen = models.DateTimeField(default=timezone.now)
    shared = models.BooleanField(default=False)
    #: Such as "Firefox op Android". No address, no version.
    label = models.CharField(max_length=60, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("sessie")
        verbose_name_plural = _("sessies")

    def __str__(self) -> str:
        return str(self.public_id)

    @classmethod
    def get_session_store_class(cls) -> Any:
        from groupspace.accounts.sessions import SessionStore

        return SessionStore


class Authenticator(Device):
    """The app that shows codes: the second factor of one account. Its secret is encrypted."""

    secret = models.TextField(editable=False)
    #: Time step of the last code that was taken; no code is taken twice.
    last_step = models.BigIntegerField(default=-1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("tweede stap")
        verbose_name_plural = _("tweede stappen")
        constraints = [models.UniqueConstraint(fields=["user"], name="groupspace_accounts_one_authenticator")]

    def __str__(self) -> str:
        return str(self.pk)

    def verify_token(self, token: str) -> bool:
        from groupspace.accounts import factors

        return factors.check_code(self, token)


class RecoveryCode(models.Model):
    """A code on paper, for whoever forgot the password or lost the phone. Only a keyed hash of it is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class OneTimeLink(models.Model):
    """A link that can be used once: for a new password, a new e-mail address or a new member of staff."""

    class Purpose(models.TextChoices):
        RESET = "reset", _("nieuw wachtwoord")
        EMAIL = "email", _("e-mailadres bevestigen")
        ACTIVATE = "activate", _("account in gebruik nemen")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    #: The address that waits for confirmation, sealed.
    email = models.TextField(blank=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.id)


class ResetRequest(models.Model):
    """Somebody asked for a new password by mail; a task looks whether there is an account with that address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.TextField()
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.id)


class Tries(models.Model):
    """How often something was tried in vain. The key is a hash: no name, address or password can be read from it."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    #: Counting starts anew after this.
    until = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class AccountSettings(models.Model):
    """What a person chose for the whole site. Copied into the session at log-in, so that requests need no query."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="groupspace_settings", primary_key=True
    )
    language = models.CharField(_("taal"), max_length=10, blank=True)
    time_zone = models.CharField(_("tijdzone"), max_length=40, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
