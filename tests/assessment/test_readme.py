"""The example of the README runs as printed."""

import doctest
from pathlib import Path

import sinhthai.assessment


def test_the_example_of_the_readme_runs():
    readme = Path(sinhthai.assessment.__file__).with_name("README.md")
    failed, tried = doctest.testfile(str(readme), module_relative=False)
    assert (failed, tried > 5) == (0, True)
