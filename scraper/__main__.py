"""`python -m scraper` is `navnenyt`."""

from scraper.cli import main

if __name__ == "__main__":
    main()
