"""The rules stated by example: every case of the folder named by CONFORMANCE_CASES, through the real rules."""
