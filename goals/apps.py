"""Tells Django about this app."""

from django.apps import AppConfig


class GoalsConfig(AppConfig):
    """What families want."""

    name = "goals"
    verbose_name = "Goals"

    def ready(self) -> None:
        """Put our questions before the last one that joiners are asked, and listen for families who joined."""
        from goals import joining, questions  # noqa: F401, PLC0415
        from people.asking import ask  # noqa: PLC0415

        for question in (questions.GoalQuestion, questions.AboutQuestion, questions.LineQuestion):
            ask(question, before="showing")
