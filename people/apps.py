"""The app at the bottom of the house."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who we are."""

    name = "people"
    verbose_name = "People"

    def ready(self) -> None:
        """Put the questions for joiners in their order; higher floors add theirs after this."""
        from people import questions  # noqa: PLC0415
        from people.asking import ask  # noqa: PLC0415

        for question in (
            questions.YouQuestion,
            questions.PlaceQuestion,
            questions.ChildrenQuestion,
            questions.LanguagesQuestion,
            questions.TimesQuestion,
            questions.MeetingQuestion,
            questions.BesideQuestion,
            questions.ShowingQuestion,
        ):
            ask(question)
