"""People come in by file: CSV to checked rows, then each app's part of a row, all or nothing.

`reading` turns a file into lines and cells, `columns` a cell into a value, `running` a file into a report. An importer
is a list of parts, one for each floor that a row touches; the parts of `places`, `families`, `volunteers` and
`organisations` live here, the others on their own floors (goals.importing, timebank.importing, matching.importing).
This package knows nothing of those floors.
"""
