"""Configuration of notices."""

from django.utils.translation import gettext_lazy as _

from groupspace import needs


class NoticesConfig(needs.NeedsApps):
    name = "groupspace.notices"
    label = "groupspace_notices"
    verbose_name = _("meldingen")
    needs = ("groupspace", "groupspace.accounts", "groupspace.notify", "groupspace.push", "groupspace.stream")
    groupspace_urls = "groupspace.notices.urls"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from groupspace import actor, personal, telling, views
        from groupspace.notices import actions, own, questions
        from groupspace.notices.sending import refusals
        from groupspace.notices.telling import answers, asked, stuck
        from groupspace.notify import delivery

        actor.count_news_with(questions.count_news, questions.count_answers, questions.count_answers_of)
        telling.hear(asked=asked.tell_of, answered=answers.tell_of)
        telling.hear_of_stuck(stuck.tell_of_stuck, stuck.forget)
        views.when_opened(actions.mark_opened)
        delivery.when_refused(refusals.note)
        personal.add_of_member("meldingen", own.of_member, own.forget)
        personal.add_of_account("hoe je meldingen krijgt", own.of_account)
        personal.add_of_account("antwoord op wat je vroeg", own.answers_of_account)
