"""The pilot experiment of 2002, told again as life-like invented data.

Pure: neither Django nor a database nor a clock. :func:`demo.plan.plan.build_pilot` returns frozen dataclasses
that
``demo.loading`` writes. The published figures are in ``data/pilot-2002.json`` (with their source);
everything
else is invented. See ``docs/decisions`` for why 152 contracts and not 151, and for how the dates are shifted.
"""
