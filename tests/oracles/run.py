"""Make the fixtures anew: `python tests/oracles/run.py <folder of real data>`."""

import sys
import tempfile
from pathlib import Path

import with_lifetimes
import with_mlxtend
import with_openretailscience
from given import read_shop

from examples.completejourney import prepare


def main(data):
    """Let every oracle tell of every shop."""
    names = ("cdnow", "foodmart", "online_retail")
    missing = [name for name in names if not (data / name / "raw").is_dir()]
    if missing:
        sys.exit(f"The real data is not there: no {missing[0]}/raw in {data}.")
    shops = [read_shop(name, data / name / "raw") for name in names]
    with tempfile.TemporaryDirectory() as folder:
        raw = prepare.write_raw(Path(folder))
        shops.append(read_shop("complete_journey", raw))
    with_lifetimes.write_fixtures(shops)
    with_mlxtend.write_fixtures(shops)
    with_openretailscience.write_fixtures(shops)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
