"""How Sphinx builds the documentation: `sphinx-build -W docs OUTPUT`, offline."""

from khachhang import __version__

project = "khachhang"
author = "The khachhang maintainers"
copyright = f"2026, {author}"
release = version = __version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
exclude_patterns = ["_build", "conf.py", "images/*.py"]
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_title = f"khachhang {release}"

nb_custom_formats = {".py": ["jupytext.reads", {"fmt": "py:percent"}]}  # the tutorials, executed in the build
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 600
nb_render_markdown_format = "myst"  # tables that a cell gives as Markdown are tables

copybutton_prompt_text = r">>> |\.\.\. "  # code is copied without its prompts, and without what it printed
copybutton_prompt_is_regexp = True

default_role = "py:obj"  # `name` in a docstring is a link where there is such a name, else code
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
