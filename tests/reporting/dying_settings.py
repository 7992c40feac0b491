"""The settings of a worker that computes on the database and beside the files of the test that starts it."""

import os

from config.settings.databases import database
from config.settings.test import *  # noqa: F403

DATABASES = {"default": database(os.environ["DATABASE_URL"])}
MEDIA_ROOT = os.environ["TEST_MEDIA"]
