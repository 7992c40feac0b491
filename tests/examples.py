"""The examples that hypothesis tries: the same on each run. A red suite is red again the next time.

`HYPOTHESIS_PROFILE=search` looks for new ones.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "ci", derandomize=True, deadline=None, database=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("dev", settings.get_profile("ci"), max_examples=50)
# A glance, for bin/mutate: what it misses is looked at again with the others.
settings.register_profile("glance", settings.get_profile("ci"), max_examples=5)
settings.register_profile("search", settings.get_profile("ci"), derandomize=False, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))
