"""Files that are not what they should be: each gets plain words, and nothing is written."""

import tracemalloc
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from people.importing import reading
from people.importing.command import NothingWritten
from people.importing.saying import progress_to
from people.management.commands.import_places import Command
from people.models import Place

HEADER = "reference,name,kind,parent,latitude,longitude,area"
BURNTWOOD = "burntwood,Burntwood,town,,52.6831,-1.9200,Burntwood and Lichfield"

pytestmark = pytest.mark.django_db


def refused(tmp_path: Path, content: str | bytes, *options: str) -> str:
    """Give what is said about a file that must be refused, having seen that nothing was written."""
    path = tmp_path / "places.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    said = StringIO()
    with pytest.raises(NothingWritten, match=r"Nothing was written\."):
        call_command("import_places", str(path), *options, stderr=said)
    assert not Place.objects.exists()
    return said.getvalue()


def accepted(tmp_path: Path, content: str | bytes, *options: str) -> str:
    path = tmp_path / "places.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    said = StringIO()
    call_command("import_places", str(path), *options, stdout=said)
    return said.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{BURNTWOOD}\n",
        f"{HEADER}\n{BURNTWOOD}",
        f"\ufeff{HEADER}\r\n{BURNTWOOD}\r\n",
        f"\n{HEADER},,\n\n{BURNTWOOD},,\n,,,,,,\n",
        f"Reference,NAME,Kind,parent,latitude,longitude,area\n{BURNTWOOD}\n",
    ],
    ids=["plain", "no last line end", "BOM and CRLF", "spreadsheet leftovers", "capitals"],
)
def test_it_reads_what_spreadsheets_write(tmp_path, content):
    assert "1 new" in accepted(tmp_path, content)
    assert Place.objects.get().name == "Burntwood"


def test_it_tells_how_to_save_windows_1252_as_utf8(tmp_path):
    said = refused(tmp_path, f"{HEADER}\ncafe,Café Land,town,,52.68,-1.92,\n".encode("cp1252"))
    assert said.startswith("Line 2: this file is not saved as UTF-8")
    assert "“Café”" in said.replace("cafe,", "")
    assert "CSV UTF-8" in said


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_it_tells_how_to_save_utf_16_as_utf8(tmp_path, encoding):
    assert "UTF-16" in refused(tmp_path, f"{HEADER}\n{BURNTWOOD}\n".encode(encoding))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf \r\n", "The file is empty"),
        (HEADER + "\n", "a first line and nothing under it"),
        (b"PK\x03\x04 and so on", "a spreadsheet (xlsx or ods)"),
        (f"{HEADER}\rburntwood,Burntwood\r", "only old Macs know"),
        ((HEADER + "\n" + BURNTWOOD).replace(",", ";"), "semicolons between its cells"),
        ((HEADER + "\n" + BURNTWOOD).replace(",", "\t"), "tabs between its cells"),
        (f"{HEADER}\nburn\0twood,B,town,,52.6,-1.9,\n", "Line 2 holds a NUL"),
        (f'{HEADER}\nb,"Burntwood,town,,52.6,-1.9,\nc,C,town,,1,1,\n', "Line 2: a quotation mark"),
        (f'{HEADER}\nb,"Burnt"wood,town,,52.6,-1.9,\n', "Line 2: a quotation mark ends"),
        (f"{HEADER}\n{'x' * 300_000}\n", "Line 2 is longer than"),
        (b"\x89PNG\x1a\n\xff\xd8\x01\x02 and so on", "is no text, so this is not a CSV file"),
    ],
)
def test_it_refuses_what_it_cannot_read(tmp_path, content, words):
    assert words in refused(tmp_path, content)


def test_it_names_every_missing_and_unknown_column(tmp_path):
    said = refused(tmp_path, "reference,nmae,kind,kind,latitude\nb,B,town,town,52\n")
    assert "Line 1: there is no column “nmae”. Did you mean name?" in said
    assert "Line 1, kind: stands twice" in said
    assert "Line 1: the column name is missing." in said
    assert "Line 1: the column longitude is missing." in said


def test_it_says_what_is_wrong_line_by_line(tmp_path):
    said = refused(
        tmp_path,
        "\n".join(
            [
                HEADER,
                "a,A,town,,52.68,-1.92,",
                "b b,B,town,,52.68,-1.92,",
                "c,,town,,52.68,-1.92,",
                "d,D,tonw,,52.68,-1.92,",
                'e,E,town,,"52,68",-1.92,',
                "f,F,town,nowhere,52.68,-1.92,",
                "a,A again,town,,52.68,-1.92,",
                "g,G,town,,52.68,-1.92,,too,many",
                "h,H,town",
                f"i,{'I' * 81},town,,52.68,-1.92,",
            ]
        ),
    ).splitlines()
    assert said == [
        "Line 3, reference: “b b” can't be a reference. Write up to 40 letters, figures and hyphens, "
        "without spaces.",
        "Line 4, name: is empty. Every line needs it.",
        "Line 5, kind: “tonw” is not one of county, district, town, neighbourhood. Did you mean town?",
        "Line 6, latitude: “52,68” has a comma. Write 52.68.",
        "Line 7, parent: “nowhere” is the reference of none of your places.",
        "Line 8, reference: “a” stands on line 2 already.",
        "Line 9: has 9 cells, and the first line has 7. Where words have a comma in them, put quotation "
        "marks round the cell.",
        "Line 10: has 3 cells, and the first line has 7. Is a comma missing?",
        f"Line 11, name: “{'I' * 39}…” is 81 letters long. Write 80 at the most.",
    ]


def test_it_counts_the_lines_of_cells_with_line_breaks(tmp_path):
    said = refused(tmp_path, f'{HEADER}\na,"A\nB",town,,52,-1,\n\nb,B,tonw,,52,-1,\n')
    assert said.startswith("Line 5, kind")


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-x", "@SUM(A1)", " =1", "＝1"])
def test_it_refuses_formulas(tmp_path, cell):
    said = refused(tmp_path, f"{HEADER}\na,{cell},town,,52.68,-1.92,\n")
    assert said.startswith("Line 2, name:")
    assert "a spreadsheet runs as a formula" in said


def test_it_refuses_a_cell_that_begins_with_a_tab(tmp_path):
    assert "begins with a tab" in refused(tmp_path, f"{HEADER}\na,\t=1,town,,52.68,-1.92,\n")


def test_it_refuses_letters_that_cannot_be_seen(tmp_path):
    assert "can't be seen" in refused(tmp_path, f"{HEADER}\na,abc\u202edef,town,,52.68,-1.92,\n")


def test_it_stops_at_the_number_of_errors_asked_for(tmp_path):
    wrong = "\n".join(f"p{n},P,tonw,,52,-1," for n in range(30))
    said = refused(tmp_path, f"{HEADER}\n{wrong}\n", "--most-errors", "3")
    assert said.count("tonw") == 3
    assert "… and 27 more." in said


def test_it_refuses_more_rows_than_it_reads_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    many = "\n".join(f"p{n},P,town,,52,-1," for n in range(4))
    assert "more than 3 rows" in refused(tmp_path, f"{HEADER}\n{many}\n")


def test_it_holds_no_more_of_a_long_file_than_a_line(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text(f"{HEADER}\n" + f"a,{'A' * 500},town,,52,-1,\n" * 95_000)
    assert path.stat().st_size > 49_000_000
    tracemalloc.start()
    count = sum(1 for _ in reading.rows(reading.Lines(path)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 95_001
    assert most < 2_000_000


def test_it_refuses_a_long_file_without_lines(tmp_path):
    assert "Line 1 is longer than" in refused(tmp_path, b"x" * 50_000_000)


@pytest.mark.parametrize("name", [r"C:\Users\Ruth\Desktop\places.csv", "nowhere.csv", "a\0b"])
def test_it_says_that_there_is_no_such_file(name):
    said = StringIO()
    with pytest.raises(NothingWritten):
        call_command("import_places", name, stderr=said)
    assert "There is no file" in said.getvalue() or "can't be opened" in said.getvalue()


def test_it_says_that_a_folder_is_no_file(tmp_path):
    said = StringIO()
    with pytest.raises(NothingWritten):
        call_command("import_places", str(tmp_path), stderr=said)
    assert "is a folder" in said.getvalue()


@pytest.mark.parametrize("name", ["nowhere.csv", ""])
def test_it_ends_on_a_terminal_in_plain_words(name, capsys, monkeypatch):
    monkeypatch.setattr("django.core.management.base.connections.close_all", lambda: None)
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "import_places", *filter(None, [name])])
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said.splitlines()[-1] in (
        "The file can't be read. Nothing was written.",
        "Name the CSV file to read, or ask for --template.",
    )


def test_it_counts_one_row_as_one_and_more_as_many():
    said: list[str] = []
    progress = progress_to(said.append)
    progress(1, 100_000, 400_000)
    progress(2_000, 300_000, 400_000)
    assert said == ["25 % read, 1 row so far", "75 % read, 2,000 rows so far"]


def test_it_says_one_cell_where_there_is_one(tmp_path):
    assert "has 1 cell, and the first line has 7." in refused(tmp_path, f"{HEADER}\nburntwood\n")


def test_it_asks_for_a_file():
    with pytest.raises(CommandError, match="Name the CSV file"):
        call_command("import_places")


def test_its_template_can_be_read_back(tmp_path):
    said = StringIO()
    call_command("import_places", "--template", stdout=said)
    header, example = said.getvalue().splitlines()
    above = BURNTWOOD.replace("town,,", "town,,,")  # this header has a nation
    content = "\n".join([header, above, example])
    assert "2 new" in accepted(tmp_path, content)


def test_it_changes_nothing_the_second_time_and_only_what_differs_the_third(tmp_path):
    part = "chasetown,Chasetown,neighbourhood,burntwood,52.6715,-1.936,Burntwood and Lichfield"
    assert "2 new" in accepted(tmp_path, f"{HEADER}\n{part}\n{BURNTWOOD}\n")
    assert "0 new, 0 changed, 2 unchanged" in accepted(tmp_path, f"{HEADER}\n{part}\n{BURNTWOOD}\n")
    said = accepted(
        tmp_path, f"{HEADER}\n{part.replace('Chasetown,', 'Chase Town,')}\n{BURNTWOOD}\n"
    )
    assert "Line 2: Chase Town, changed: name" in said
    assert "0 new, 1 changed (name 1), 1 unchanged" in said
    chasetown = Place.objects.get(reference="chasetown")
    assert chasetown.name == "Chase Town"
    assert chasetown.parent.reference == "burntwood"
    assert [area.name for area in chasetown.areas.all()] == ["Burntwood and Lichfield"]


def test_it_refuses_a_parent_that_is_not_bigger(tmp_path):
    said = refused(tmp_path, f"{HEADER}\na,A,town,b,52,-1,\nb,B,town,a,52,-1,\n")
    assert "Line 2, parent: “b” is a town, and a town can't be part of that." in said


def test_a_dry_run_writes_nothing(tmp_path):
    said = accepted(tmp_path, f"{HEADER}\n{BURNTWOOD}\n", "--dry-run")
    assert "Line 2: Burntwood, new" in said
    assert "nothing was written" in said
    assert not Place.objects.exists()
