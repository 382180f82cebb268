"""The commands of `navnenyt`: arguments in, tables out. Imports stand inside them, so that --help comes at once."""
