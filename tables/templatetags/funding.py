"""Showing who pays."""

from django import template

from tables.funding import emblem_data_uri

register = template.Library()

register.simple_tag(emblem_data_uri, name="emblem_data_uri")
