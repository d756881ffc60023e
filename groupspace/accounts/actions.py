"""What people do with their account. Every write of this app starts here."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import authenticate, get_user_model, login, update_session_auth_hash
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groupspace.accounts import backends, factors, mail, names, recovery, seal, session, throttle
from groupspace.accounts.conf import accounts_conf
from groupspace.accounts.models import AccountSettings, OneTimeLink, ResetRequest
from groupspace.accounts.staff import is_staff
from groupspace.actions import forget_user
from groupspace.audit import log

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: Why staff do not delete their account by themselves.
STAFF_STAY = _(
    "Met dit account werk je aan de site. Vraag een collega om je rollen weg te halen, bij Medewerkers. "
    "Kom daarna hier terug."
)
#: No screen takes this mark away; docs/hosting.md tells how it is done on the server.
OPERATOR_STAYS = _(
    "Met dit account doe je het technisch beheer. Vraag wie de server beheert om dat van je account af te halen. "
    "Hoe dat gaat, staat in de handleiding voor hosting. Kom daarna hier terug."
)


class NameTaken(Exception):
    """Somebody else just took this log-in name."""


def sign_up(request: HttpRequest, username: str, password: str) -> Any:
    """Make an account and log it in.

    Raises NameTaken, and throttle.Wait when one address makes very many accounts.
    """
    key = throttle.key("sign-up", throttle.address_of(request))
    pace = accounts_conf().SIGN_UPS_PER_ADDRESS
    throttle.refuse_if_blocked(key, limit=pace.times)
    throttle.count(key, pace.within)
    user: Any = get_user_model()(username=username)
    user.set_password(password)  # before the transaction: others who write do not wait for a slow hash
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise NameTaken from error
    login(request, user, backend=backends.NAME)
    return user


def is_owner(request: HttpRequest, password: str, code: str = "") -> bool:
    """Whether who sits at this session knows the password, and has the second factor when there is one (trap A9).

    Raises throttle.Wait after too many wrong tries.
    """
    user = request.user
    key = throttle.key("owner", str(user.pk))
    throttle.refuse_if_blocked(key)
    if not user.check_password(password):
        throttle.count(key)
        return False
    if factors.has_second_factor(user) and factors.verify(user, code) is None:
        return False
    throttle.clear(key)
    return True


def change_password(request: HttpRequest, password: str) -> None:
    """Set one's own new password and log out everywhere else."""
    user: Any = request.user
    _set_password(user, make_password(password), keep_session=request.session.session_key)
    update_session_auth_hash(request, user)


def _set_password(user: Any, hashed: str, *, keep_session: str | None = None) -> None:
    """Takes a hash: that is slow work, and others who write must not wait for it."""
    with transaction.atomic():
        user.password = hashed
        user.save(update_fields=["password"])
        OneTimeLink.objects.filter(user=user).exclude(purpose=OneTimeLink.Purpose.EMAIL).delete()
        session.end_all(user, but=keep_session)
        _notice(user, mail.password_changed)


def remove_second_factor(request: HttpRequest) -> None:
    """Go back to logging in with a password only, and log out everywhere else."""
    user: Any = request.user
    with transaction.atomic():
        factors.remove(user, keep_session=request.session.session_key)
        _notice(user, mail.factor_removed)
    user.otp_device = None
    session.refresh(request)
    request.session.cycle_key()


def ask_reset(request: HttpRequest, address: str) -> None:
    """Take a request for a new password. What happens next is the same for known and unknown addresses.

    Raises throttle.Wait when one place asks too often.
    """
    from groupspace.accounts.tasks import send_reset

    key = throttle.key("reset", throttle.address_of(request))
    throttle.refuse_if_blocked(key)
    throttle.count(key)
    row = ResetRequest()
    row.address = seal.seal(address, f"reset:{row.pk}")
    with transaction.atomic():
        row.save(force_insert=True)
        transaction.on_commit(lambda: send_reset.enqueue(str(row.pk)))


def answer_reset(request_id: str) -> None:
    """Send the link to every account with the address of a request; called by the worker."""
    row = ResetRequest.objects.filter(pk=request_id).first()
    if row is None:
        return
    address = seal.unseal(row.address, f"reset:{row.pk}")
    mailbox = throttle.key("reset-mailbox", address.casefold())
    if throttle.seconds_blocked(mailbox):  # asked from many places: nobody's mailbox is filled through us
        row.delete()
        return
    throttle.count(mailbox)
    with transaction.atomic():
        for user in get_user_model()._default_manager.filter(email__iexact=address, is_active=True):
            if user.has_usable_password():
                code = make_link(user, OneTimeLink.Purpose.RESET, accounts_conf().RESET_LIFETIME)
                mail.reset_link(user, code)
        row.delete()


def reset_with_code(request: HttpRequest, username: str, code: str, token: str, password: str) -> bool:
    """Set a new password with a recovery code, and the code of the app for who has a second factor.

    A recovery code stands for one of the two factors, never for both. Returns False when anything is wrong, without
    saying what. Raises throttle.Wait after too many wrong tries.
    """
    keys = [throttle.name_key(request, f"recovery:{username}"), throttle.address_key(request)]
    throttle.refuse_if_blocked(keys[0])
    throttle.refuse_if_blocked(keys[1], limit=accounts_conf().TRIES_PER_ADDRESS)
    hashed = make_password(password)  # the same work for every answer
    user = get_user_model()._default_manager.filter(username__iexact=username, is_active=True).first()
    if user is not None and recovery.matches(user, code) and _has_app(user, token) and recovery.use(user, code):
        _set_password(user, hashed)
        throttle.clear(keys[0])
        return True
    for key in keys:
        throttle.count(key)
    return False


def _has_app(user: Any, token: str) -> bool:
    return not factors.has_second_factor(user) or factors.verify(user, token) is not None


def ask_email(request: HttpRequest, address: str) -> None:
    """Send a link to a new address; it counts only when the link was used. An empty address is taken away at once.

    Raises throttle.Wait for who asks for many links.
    """
    user: Any = request.user
    if address:  # nobody fills the mailbox of a stranger through us
        key = throttle.key("email", str(user.pk))
        throttle.refuse_if_blocked(key)
        throttle.count(key)
    with transaction.atomic():
        OneTimeLink.objects.filter(user=user, purpose=OneTimeLink.Purpose.EMAIL).delete()
        if address:
            code = make_link(user, OneTimeLink.Purpose.EMAIL, accounts_conf().EMAIL_LIFETIME, email=address)
            mail.confirm_address(address, code)
        elif user.email:
            _notice(user, mail.address_removed)
            _set_email(user, "")


def confirm_email(link: OneTimeLink) -> None:
    """Take the confirmed address into use and tell the old one."""
    with transaction.atomic():
        if not use_link(link):
            return
        _notice(link.user, mail.address_changed)
        _set_email(link.user, seal.unseal(link.email, _email_context(link)))


def set_password_by_link(link: OneTimeLink, password: str) -> bool:
    """Set a new password with a link from the mail or from an invitation; False when the link was used already."""
    hashed = make_password(password)
    with transaction.atomic():
        if not use_link(link):
            return False
        _set_password(link.user, hashed)
        if link.purpose == OneTimeLink.Purpose.ACTIVATE and link.email:
            _set_email(link.user, seal.unseal(link.email, _email_context(link)))
    return True


def activate(link: OneTimeLink, request: HttpRequest, password: str) -> bool:
    """Let an invited member of staff begin: own password, then at once the set-up of the second step."""
    if not set_password_by_link(link, password):
        return False
    user = authenticate(request, username=link.user.get_username(), password=password)
    if user is None or factors.has_second_factor(user):
        return False
    login(request, user)
    return True


def make_link(user: Any, purpose: str, lifetime: timedelta, *, email: str = "") -> str:
    """Make a one-time code. It can be read only now; the database keeps a hash."""
    code = secrets.token_urlsafe(32)
    OneTimeLink.objects.filter(user=user, purpose=purpose).delete()
    link = OneTimeLink(user=user, purpose=purpose, expires_at=timezone.now() + lifetime, digest=_link_digest(code))
    link.email = seal.seal(email, _email_context(link)) if email else ""
    link.save(force_insert=True)
    return code


def find_link(code: str) -> OneTimeLink | None:
    """The link to which a code belongs, when it can still be used. Looking does not use it up."""
    return _usable_links().filter(digest=_link_digest(code)).first()


def usable_link(pk: str | None) -> OneTimeLink | None:
    """The link with this id, when it can still be used."""
    return _usable_links().filter(pk=pk).first() if pk else None


def _usable_links() -> Any:
    links = OneTimeLink.objects.select_related("user")
    return links.filter(user__is_active=True, expires_at__gt=timezone.now())


def use_link(link: OneTimeLink) -> bool:
    """Use a link up; False when somebody else was first."""
    return OneTimeLink.objects.filter(pk=link.pk, expires_at__gt=timezone.now()).delete()[0] > 0


def invite_staff(groups: Any, email: str = "") -> tuple[Any, str]:
    """Make an account for a new member of staff, without a password.

    Returns the account and its activation code; with an address the link is mailed. The address becomes the
    account's own when the link was used.
    """
    (username,) = names.suggest(1)
    with transaction.atomic():
        user = get_user_model()._default_manager.create_user(username)
        user.groups.set(groups)
        lifetime = accounts_conf().INVITATION_LIFETIME
        code = make_link(user, OneTimeLink.Purpose.ACTIVATE, lifetime, email=email)
        if email:
            mail.activation(email, code)
    return user, code


@transaction.atomic
def delete_account(request: HttpRequest, *, erase_words: bool = False) -> None:
    """Delete one's own account, for who has just shown to be its owner. It ends every session with it.

    Args:
        erase_words: take away what this person wrote in spaces too; else it stays there without a name.

    Raises ValidationError for staff, and for who leads a space that nobody else leads.
    """
    user: Any = request.user
    if is_staff(user):
        raise ValidationError(why_staff_stays(user))
    forget_user(user, erase_words=erase_words)
    if not get_user_model()._default_manager.filter(pk=user.pk).exists():
        return  # another window was first, and this one waited for it
    _notice(user, mail.account_deleted)
    session.end_all(user)
    log.record("account.deleted", actor=f"user:{user.pk}")
    user.delete()


def why_staff_stays(user: Any) -> StrOrPromise:
    """What somebody of the staff does before their account can go."""
    return OPERATOR_STAYS if user.is_superuser else STAFF_STAY


def choose(request: HttpRequest, language: str, time_zone: str) -> None:
    """Keep somebody's own language and time zone."""
    values = {"language": language, "time_zone": time_zone}
    user: Any = request.user
    AccountSettings.objects.update_or_create(user=user, defaults=values)
    session.refresh(request)


def _set_email(user: Any, address: str) -> None:
    setattr(user, user.get_email_field_name(), address)
    user.save(update_fields=[user.get_email_field_name()])
    OneTimeLink.objects.filter(user=user, purpose=OneTimeLink.Purpose.RESET).delete()


def _notice(user: Any, send: Callable[[str], None]) -> None:
    """Tell the owner at the known address, once the change is certain."""
    if address := user.email:
        transaction.on_commit(lambda: send(address))


def _link_digest(code: str) -> str:
    return seal.digest("link", code)


def _email_context(link: OneTimeLink) -> str:
    return f"email:{link.pk}"
