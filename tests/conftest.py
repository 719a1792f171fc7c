"""How hard Hypothesis tries: `default` on a laptop, `ci` where the variable CI is set, the others when asked for.

`default` and `long` try other values each time; the rest always the same, so that no change fails on what it did not touch.
"""

import os

from hypothesis import HealthCheck, Phase, settings

_SLOW = [HealthCheck.too_slow]  # how fast a machine makes examples says nothing about the library

settings.register_profile("default", deadline=None, max_examples=100, suppress_health_check=_SLOW)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, print_blob=True)
settings.register_profile("few", settings.get_profile("ci"), max_examples=20)  # CI has run the same tests with more
settings.register_profile("thorough", settings.get_profile("ci"), max_examples=500)
settings.register_profile("long", settings.get_profile("default"), max_examples=5_000)
settings.register_profile(
    "mutation",  # thousands of runs, one for each fault that is put into the code: few examples, and none made simpler
    settings.get_profile("ci"),
    max_examples=15,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[*_SLOW, HealthCheck.differing_executors],  # mutmut runs the tests twice in one process
)
settings.load_profile("ci" if os.environ.get("CI") else "default")
