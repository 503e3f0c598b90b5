"""The demonstration community: read from demo/, made as large as asked, moved to today, and lived through again.

`community` reads and writes the files, `growing` makes a larger one, `dating` moves it to today, `history` plays its
year through the domain's own functions, `loading` puts all of that in order, `people` says whom to sign in as.
"""
