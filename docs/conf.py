"""How Sphinx builds the documentation: `sphinx-build -W docs OUTPUT`, offline."""

from importlib.metadata import version as version_of

project = "khachhang"
author = "The khachhang maintainers"
copyright = f"2026, {author}"
release = version = version_of("khachhang")

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"khachhang {release}"

nb_execution_mode = "off"  # the examples of the pages are executed as tests

default_role = "py:obj"  # `name` in a docstring is a link where there is such a name, else code
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
