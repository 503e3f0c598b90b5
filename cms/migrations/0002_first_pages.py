"""The front page and its lists exist from the first start, so that an editor begins with a page and not a manual."""

from django.db import migrations

HEADLINE = "Some things are easier with another family beside you."
LEAD = (
    "Kith links families near each other. You say what you want to change. You choose who walks with you. "
    "It lasts 10 to 30 weeks and it’s free."
)
QUESTIONS = [
    (
        "Is this social services?",
        "No. Coming is your choice, and you can stop any day. If a child is in danger we must tell someone. "
        "We would tell you first, if that is safe.",
    ),
    (
        "Who are the sharing families?",
        "Families who have been through something like it and are doing all right. Each one is checked, and has a "
        "coach.",
    ),
    (
        "Will anybody see where I live?",
        "No. They see the name of your neighbourhood. You tell them more when you want to.",
    ),
    ("What does it cost?", "Nothing. The hours people give are written down, and nobody starts in debt."),
]
LISTS = [
    ("StoryIndexPage", "stories", "Stories", "How it went for some of us, in our own words."),
    ("EventIndexPage", "events", "What’s on", "Come along. Bring somebody, or just yourself."),
    ("GuideIndexPage", "guides", "Guides", "How things work, in plain words."),
    ("ServiceIndexPage", "services", "Near you", "Who can help with what, and how to reach them."),
    ("PlaceIndexPage", "places", "Places", "New here? Start with the place you live in."),
]


def make(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    locale = apps.get_model("wagtailcore", "Locale").objects.get()

    def typed(name):
        return ContentType.objects.get_or_create(app_label="cms", model=name.lower())[0]

    Page.objects.filter(path="00010001").delete()  # Wagtail's own "Welcome to your new site"
    home = apps.get_model("cms", "HomePage").objects.create(
        title="Kith",
        draft_title="Kith",
        slug="home",
        path="00010001",
        depth=2,
        numchild=len(LISTS),
        url_path="/home/",
        content_type=typed("HomePage"),
        locale=locale,
        headline=HEADLINE,
        lead=LEAD,
        questions=[
            {"type": "question", "value": {"question": question, "answer": answer}}
            for question, answer in QUESTIONS
        ],
    )
    for number, (name, slug, title, lead) in enumerate(LISTS, start=1):
        apps.get_model("cms", name).objects.create(
            title=title,
            draft_title=title,
            slug=slug,
            path=f"00010001{number:04d}",
            depth=3,
            numchild=0,
            url_path=f"/home/{slug}/",
            content_type=typed(name),
            locale=locale,
            lead=lead,
            show_in_menus=True,
        )
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "site_name": "Kith", "root_page_id": home.pk},
    )


def unmake(apps, schema_editor):
    """Take the pages away again; what editors wrote below them would be lost, so refuse when there is any."""
    Page = apps.get_model("wagtailcore", "Page")
    if Page.objects.filter(path__startswith="00010001", depth__gt=3).exists():
        raise RuntimeError("There are pages under the front page; move or remove them first.")
    apps.get_model("wagtailcore", "Site").objects.filter(root_page__path="00010001").delete()
    Page.objects.filter(path__startswith="00010001").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_pages"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailsearch", "__latest__"),
    ]

    operations = [migrations.RunPython(make, unmake)]
