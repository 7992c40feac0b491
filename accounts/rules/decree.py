"""From when the decree of 13 December 2023 on the regional missions for employment is the law.

The regulation file has seen neither its article on entry into force nor the day itself: the missions approved on
31 December 2023 keep what they had (article 28), which makes the next day the first one. An assumption.
"""

from datetime import date

DECREE_FROM = date(2024, 1, 1)
#: the last day of the decree of 11 March 2004
FORMER_DECREE_LAST = date(2023, 12, 31)
