"""The participant file of the ESF+: what a column may show, the form that comes with the product, the workbook."""
