"""What people are shown of the database outside a table: plots, the report, files, the feed.

Nothing here decides what is true: each room takes rows that `db` gives and draws or writes them.
"""
