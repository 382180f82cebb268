"""The browser: `navnenyt serve`, Datasette on the database with pages and a look of our own.

Datasette gives the tables, filters and facets; the front page, the questions, the pages of companies, people, moves and
ads, the search and the SQL page are ours. Three things hold throughout:

- Nothing is written. Every connection is read only, and fenced (`db.query`).
- Every stored value is hostile: it is escaped, links only lead to http and https, and no page holds a script or a
  style of its own, so that the strictest policy stands on each (`guard`).
- A user's SQL runs in processes of its own that can be ended at any moment (`fence`); nobody's query makes another
  wait for a page.
"""
