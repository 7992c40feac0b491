"""The inspection file: everything that is kept of one case, computed once, shown as a page, a PDF and a ZIP.

`facts` reads the case; the builders of each part make the engine's tables from it; `document` puts the parts in order;
`gaps` says what is missing; `archive` adds the papers. Who may ask for it is in `access`.
"""
