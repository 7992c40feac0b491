"""What each row has, whatever it stands for."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class UuidModel(models.Model):
    """Base of every model: a key that tells nothing and can stand in an address, and when the row was written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    class Meta:
        abstract = True
