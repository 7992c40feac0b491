"""What WeasyPrint leaves out of an accessible PDF: whether a heading of a table heads its column or its row.

It ties each cell to its headings by identifiers, which is enough for PDF/UA-1; many readers only know the scope.
"""

from typing import Any


def tell_scopes(document: Any, pdf: Any) -> None:
    """Give each TH its scope: those of a THead head columns, the others rows. A finisher of `write_pdf`."""
    elements = {one.reference: one for one in pdf.objects if hasattr(one, "items") and "S" in one}
    for element in elements.values():
        if element["S"] != "/TH" or "A" not in element:
            continue
        line = elements.get(element.get("P"))
        group = elements.get(line.get("P")) if line else None
        element["A"]["Scope"] = "/Column" if group is not None and group["S"] == "/THead" else "/Row"
